package dev.lakehouse.remote;

import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;

/** Cells in columns, each as wide as its widest cell. */
final class TextColumns {
    private static final int GAP = 2;

    private TextColumns() {}

    /** Prints rows of equally many cells. */
    static void print(List<List<String>> rows, PrintStream out) {
        Column[] columns = new Column[rows.get(0).size()];
        for (int i = 0; i < columns.length; i++) {
            int cell = i;
            int width =
                    rows.stream().mapToInt(row -> row.get(cell).length()).max().orElse(0);
            columns[i] = new Column(width + GAP, 0, Overflow.SPAN);
        }
        Help.TextTable table = Help.TextTable.forColumns(Help.defaultColorScheme(Ansi.OFF), columns);
        rows.forEach(row -> table.addRowValues(row.toArray(String[]::new)));
        table.toString().lines().map(String::stripTrailing).forEach(out::println);
    }
}
