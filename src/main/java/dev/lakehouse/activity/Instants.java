package dev.lakehouse.activity;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;

/** Parses ISO 8601 instants. */
final class Instants {
    private static final int LAST_YEAR = 9999;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private Instants() {}

    /**
     * Microseconds since 1970 (UTC) of a text such as {@code 2020-01-31T14:50:26Z} or
     * {@code 2020-01-31T15:50:26.5+01:00}; null if it is not an instant, has no offset, or is outside the years 1 to
     * 9999. Nanoseconds are truncated.
     */
    static Long micros(String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text, ISO).withOffsetSameInstant(ZoneOffset.UTC);
            return time.getYear() < 1 || time.getYear() > LAST_YEAR
                    ? null
                    : time.toEpochSecond() * MICROS_PER_SECOND + time.getNano() / NANOS_PER_MICRO;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
