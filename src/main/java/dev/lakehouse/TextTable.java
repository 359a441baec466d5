package dev.lakehouse;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;

/** Formats text in columns. Each column is as wide as its widest cell. */
public final class TextTable {
    private static final int GAP = 2;
    // Picocli would read @|bold text|@ as a style, so U+FFFF, which no text contains, replaces the at sign meanwhile.
    private static final char AT = '\uFFFF';

    private TextTable() {}

    /**
     * The lines of a table.
     *
     * @param rows with the same number of cells each; a line break in a cell becomes a blank
     * @param right numbers of the right-aligned columns, from 0
     */
    public static List<String> lines(List<List<String>> rows, Set<Integer> right) {
        List<List<String>> cells = rows.stream()
                .map(row -> row.stream().map(TextTable::plain).toList())
                .toList();
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> cells.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        Help.TextTable table = Help.TextTable.forColumns(
                Help.defaultColorScheme(Ansi.OFF),
                IntStream.of(widths)
                        .mapToObj(width -> new Column(width + GAP, 0, Overflow.TRUNCATE))
                        .toArray(Column[]::new));
        for (List<String> row : cells) {
            table.addRowValues(IntStream.range(0, widths.length)
                    .mapToObj(column -> right.contains(column)
                            ? " ".repeat(widths[column] - row.get(column).length()) + row.get(column)
                            : row.get(column))
                    .toArray(String[]::new));
        }
        return table.toString()
                .replace(AT, '@')
                .lines()
                .map(String::stripTrailing)
                .toList();
    }

    private static String plain(String cell) {
        return cell.replaceAll("\\R", " ").replace("@|", AT + "|");
    }
}
