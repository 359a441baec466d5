package dev.lakehouse.table;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tables in GitHub's Markdown. What is put into a cell stays in it and is shown as it is, whatever characters it has. */
final class Markdown {
    private static final Pattern BACKTICKS = Pattern.compile("`+");

    private Markdown() {}

    /** A table; the cells are Markdown already. */
    static String table(List<String> headings, List<List<String>> rows) {
        return row(headings)
                + "|" + "---|".repeat(headings.size()) + "\n"
                + rows.stream().map(Markdown::row).collect(Collectors.joining());
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    /** Text without formatting. An underscore within a word formats nothing. */
    static String text(String text) {
        return line(text)
                .replaceAll("[\\\\`*\\[~|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])", "\\\\$0")
                .replaceAll("&(?=#?\\w+;)", "&amp;")
                .replaceAll("<(?=[A-Za-z/!?])", "&lt;");
    }

    /** Code between more backticks than it has in a row. A table takes the backslash from its vertical bars. */
    static String code(String code) {
        String fence = "`"
                + BACKTICKS
                        .matcher(code)
                        .results()
                        .map(MatchResult::group)
                        .max(String::compareTo)
                        .orElse("");
        String margin = code.startsWith("`") || code.endsWith("`") ? " " : "";
        return fence + margin + line(code).replace("|", "\\|") + margin + fence;
    }

    private static String line(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ");
    }
}
