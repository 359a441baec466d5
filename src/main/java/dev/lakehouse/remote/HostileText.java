package dev.lakehouse.remote;

import java.util.List;
import java.util.stream.Stream;

/** Makes text from a workspace safe for a terminal: removes control characters and limits its length. */
final class HostileText {
    private static final int LONGEST_LINE = 500;
    private static final int MOST_LINES = 20;

    private HostileText() {}

    /** A text as one line. */
    static String line(String text) {
        String clean =
                text.replaceAll("\\R", " ").replaceAll("\\p{Cntrl}|\\p{Cf}", "").strip();
        return clean.codePointCount(0, clean.length()) <= LONGEST_LINE
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, LONGEST_LINE)) + " ...";
    }

    /** The lines of a text that are not blank. */
    static List<String> lines(String text) {
        List<String> lines = text.lines()
                .filter(line -> !line.isBlank())
                .limit(MOST_LINES + 1L)
                .map(line -> (Character.isWhitespace(line.charAt(0)) ? "  " : "") + line(line))
                .toList();
        if (lines.size() <= MOST_LINES) {
            return lines;
        }
        return Stream.concat(lines.stream().limit(MOST_LINES), Stream.of("...")).toList();
    }
}
