package dev.lakehouse.invoices;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads printed dates: with the month's name, or as year-month-day. Ambiguous dates such as 1/2/2024 are not read. */
final class PrintedDate {
    private static final List<DateTimeFormatter> FORMS = Stream.of(
                    "MMM d, uuuu", "MMMM d, uuuu", "d MMM uuuu", "d MMMM uuuu", "uuuu-MM-dd")
            .map(PrintedDate::formatter)
            .toList();

    private PrintedDate() {}

    private static DateTimeFormatter formatter(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    static Optional<LocalDate> parse(String text) {
        for (DateTimeFormatter form : FORMS) {
            try {
                return Optional.of(LocalDate.parse(text, form));
            } catch (DateTimeParseException e) {
                // The next format may match.
            }
        }
        return Optional.empty();
    }
}
