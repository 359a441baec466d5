package dev.lakehouse.cli;

import dev.lakehouse.Percentage;
import dev.lakehouse.UserError;
import dev.lakehouse.orders.generator.Rate;
import dev.lakehouse.secrets.SecretReference;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** How values of options are read, where a wrong one deserves words of its own. */
final class Converters {
    private Converters() {}

    /** Reads {@code env:NAME} and {@code file:PATH}. */
    static final class Secret implements ITypeConverter<SecretReference> {
        @Override
        public SecretReference convert(String value) {
            return SecretReference.parse(value);
        }
    }

    /** Reads {@code 5%}. */
    static final class Share implements ITypeConverter<Percentage> {
        @Override
        public Percentage convert(String value) {
            return Percentage.parse(value);
        }
    }

    /** Reads a number of rows, at least one. */
    static final class Rows implements ITypeConverter<Long> {
        @Override
        public Long convert(String value) {
            if (!value.matches("0*[1-9][0-9]{0,11}")) {
                throw new UserError(
                        "'" + value + "' is not a number of rows.",
                        "It is a whole number above 0, written with digits only.",
                        "Give for example --rows 1000000.");
            }
            return Long.valueOf(value);
        }
    }

    /** Reads {@code 2026-01-31}. */
    static final class Day implements ITypeConverter<LocalDate> {
        @Override
        public LocalDate convert(String value) {
            try {
                return LocalDate.parse(value);
            } catch (DateTimeParseException e) {
                throw new UserError(
                        "'" + value + "' is not a day.",
                        "A day is written as year, month and day, and has to exist.",
                        "Give for example 2026-01-31.",
                        e);
            }
        }
    }

    /** Reads {@code 2026-01-31T06:00:00Z}. */
    static final class Moment implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String value) {
            try {
                return OffsetDateTime.parse(value).toInstant();
            } catch (DateTimeParseException e) {
                throw new UserError(
                        "'" + value + "' is not a moment.",
                        "A moment is an ISO date and time with its offset, and has to exist.",
                        "Give for example 2026-01-31T06:00:00Z.",
                        e);
            }
        }
    }

    /** Reads {@code 10/minute}. */
    static final class OrderRate implements ITypeConverter<Rate> {
        @Override
        public Rate convert(String value) {
            return Rate.parse(value);
        }
    }

    /** Reads {@code 30s}, {@code 5m} and {@code 2h}. */
    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            if (!value.matches("[1-9][0-9]{0,5}[smh]")) {
                throw new UserError(
                        "'" + value + "' is not a time.",
                        "A time is a whole number above 0, followed by s, m or h.",
                        "Give for example 30s, 5m or 2h.");
            }
            return Duration.parse("PT" + value.toUpperCase(Locale.ROOT));
        }
    }
}
