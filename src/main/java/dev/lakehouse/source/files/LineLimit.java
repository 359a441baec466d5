package dev.lakehouse.source.files;

import dev.lakehouse.UserError;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The option for the longest line, of tasks that read text files. */
public final class LineLimit {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9}) ?(k|M|G)?B?", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Long> UNITS = Map.of("", 1L, "k", 1_000L, "m", 1_000_000L, "g", 1_000_000_000L);

    /** A line is one text in memory, whose size is limited. */
    private static final long LARGEST = 1_000_000_000;

    @Option(
            names = "--max-line",
            defaultValue = "64MB",
            paramLabel = "SIZE",
            description = "Longest line that is read, such as 64MB; a longer one is quarantined with its file and line"
                    + " number, but without its text (default: ${DEFAULT-VALUE})")
    private String maxLine = "64MB";

    /** A limit other than the default. */
    public static LineLimit of(String size) {
        LineLimit limit = new LineLimit();
        limit.maxLine = size;
        return limit;
    }

    /** The limit in bytes. */
    long bytes() {
        Matcher size = SIZE.matcher(maxLine.strip());
        long bytes = size.matches()
                ? Long.parseLong(size.group(1))
                        * UNITS.get(size.group(2) == null ? "" : size.group(2).toLowerCase(Locale.ROOT))
                : 0;
        if (bytes < 1 || bytes > LARGEST) {
            throw new UserError(
                    "'" + maxLine + "' is not a valid line limit.",
                    "--max-line takes a size from 1B to 1GB.",
                    "Give, for example, 64MB.");
        }
        return bytes;
    }
}
