package dev.lakehouse.cli;

import dev.lakehouse.Percentage;
import dev.lakehouse.UserError;
import dev.lakehouse.sample.Rate;
import dev.lakehouse.secrets.SecretReference;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine;

/** Converters for option values that need their own error messages. */
final class Converters {
    private Converters() {}

    /** Registers the converters for all commands that have been added. */
    static void register(CommandLine line) {
        line.registerConverter(SecretReference.class, SecretReference::parse)
                .registerConverter(Percentage.class, Percentage::parse)
                .registerConverter(Rate.class, Rate::parse)
                .registerConverter(LocalDate.class, Converters::day)
                .registerConverter(Instant.class, Converters::moment)
                .registerConverter(Duration.class, Converters::time);
    }

    /** Reads {@code 2026-01-31}. */
    private static LocalDate day(String value) {
        try {
            return LocalDate.parse(value);
        } catch (DateTimeParseException e) {
            throw new UserError(
                    "'" + value + "' is not a date.",
                    "A date has the form YYYY-MM-DD and must exist in the calendar.",
                    "Give, for example, 2026-01-31.",
                    e);
        }
    }

    /** Reads {@code 2026-01-31T06:00:00Z}. */
    private static Instant moment(String value) {
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeParseException e) {
            throw new UserError(
                    "'" + value + "' is not a timestamp.",
                    "A timestamp is an ISO date and time with an offset, and must exist.",
                    "Give, for example, 2026-01-31T06:00:00Z.",
                    e);
        }
    }

    /** Reads {@code 30s}, {@code 5m} and {@code 2h}. */
    private static Duration time(String value) {
        if (!value.matches("[1-9][0-9]{0,5}[smh]")) {
            throw new UserError(
                    "'" + value + "' is not a duration.",
                    "A duration is a whole number above 0, followed by s, m or h.",
                    "Give, for example, 30s, 5m or 2h.");
        }
        return Duration.parse("PT" + value.toUpperCase(Locale.ROOT));
    }
}
