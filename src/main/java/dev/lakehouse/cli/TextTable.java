package dev.lakehouse.cli;

import static org.apache.spark.sql.functions.col;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/** Rows as a table for people: numbers to the right, text to the left, NULL as such. */
final class TextTable {
    private static final int ROWS = 1_000;

    private final PrintStream out;

    TextTable(PrintStream out) {
        this.out = out;
    }

    void print(Dataset<Row> rows) {
        StructField[] fields = rows.schema().fields();
        Column[] texts = Arrays.stream(fields)
                .map(field -> col("`" + field.name().replace("`", "``") + "`").cast(DataTypes.StringType))
                .toArray(Column[]::new);
        List<Row> shown = rows.select(texts).limit(ROWS + 1).collectAsList();
        List<String[]> lines = new ArrayList<>();
        lines.add(Arrays.stream(fields).map(StructField::name).toArray(String[]::new));
        shown.stream().limit(ROWS).map(TextTable::cells).forEach(lines::add);

        int[] widths = new int[fields.length];
        for (String[] line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line[i].codePointCount(0, line[i].length()));
            }
        }
        for (int row = 0; row < lines.size(); row++) {
            out.println(line(lines.get(row), widths, fields));
            if (row == 0) {
                out.println(rule(widths));
            }
        }
        out.println(
                shown.size() > ROWS
                        ? "(the first 1,000 rows; --format csv or json prints all)"
                        : String.format(Locale.ROOT, "(%,d %s)", shown.size(), shown.size() == 1 ? "row" : "rows"));
    }

    private static String[] cells(Row row) {
        String[] cells = new String[row.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = row.isNullAt(i) ? "NULL" : row.getString(i).replaceAll("\\R", " ");
        }
        return cells;
    }

    private static String line(String[] cells, int[] widths, StructField[] fields) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            String blanks = " ".repeat(widths[i] - cells[i].codePointCount(0, cells[i].length()));
            boolean number = fields[i].dataType() instanceof NumericType;
            line.append(i == 0 ? "" : "  ")
                    .append(number ? blanks : "")
                    .append(cells[i])
                    .append(number ? "" : blanks);
        }
        return line.toString().stripTrailing();
    }

    private static String rule(int[] widths) {
        return String.join("  ", Arrays.stream(widths).mapToObj("-"::repeat).toList());
    }
}
