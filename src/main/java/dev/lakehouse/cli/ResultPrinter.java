package dev.lakehouse.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_csv;
import static org.apache.spark.sql.functions.to_json;

import dev.lakehouse.TextTable;
import dev.lakehouse.task.Report;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Prints the rows of a statement that ran locally or on a warehouse. */
record ResultPrinter(PrintStream out) {
    private static final int SHOWN = 1_000;

    /** Prints rows. Prints nothing for a statement without a result. */
    void print(Dataset<Row> rows, SqlFormat format) {
        if (rows.columns().length == 0) {
            return;
        }
        switch (format) {
            case TABLE -> table(rows);
            case CSV -> {
                out.println(
                        Arrays.stream(rows.columns()).map(ResultPrinter::quoted).collect(Collectors.joining(",")));
                // A quote inside quotes is doubled, as in RFC 4180. Spark's default is a backslash.
                lines(rows.select(to_csv(struct(flat(rows)), Map.of("escape", "\""))));
            }
            case JSON -> lines(rows.select(to_json(struct(col("*")), Map.of("ignoreNullFields", "false"))));
        }
    }

    /** Prints a table: numbers right-aligned, text left-aligned, NULL as NULL. */
    private void table(Dataset<Row> rows) {
        StructField[] fields = rows.schema().fields();
        Column[] texts = Arrays.stream(fields)
                .map(field -> column(field).cast(DataTypes.StringType))
                .toArray(Column[]::new);
        List<Row> found = rows.select(texts).limit(SHOWN + 1).collectAsList();
        Set<Integer> numbers = IntStream.range(0, fields.length)
                .filter(i -> fields[i].dataType() instanceof NumericType)
                .boxed()
                .collect(Collectors.toSet());
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of(rows.columns()));
        found.stream().limit(SHOWN).map(ResultPrinter::cells).forEach(cells::add);
        List<String> lines = TextTable.lines(cells, numbers);
        out.println(lines.get(0));
        out.println("-".repeat(lines.stream().mapToInt(String::length).max().orElse(0)));
        lines.stream().skip(1).forEach(out::println);
        out.println(
                found.size() > SHOWN
                        ? "(the first 1,000 rows; --format csv or json prints all)"
                        : "(" + Report.rows(found.size()) + ")");
    }

    private static List<String> cells(Row row) {
        return IntStream.range(0, row.size())
                .mapToObj(i -> row.isNullAt(i) ? "NULL" : row.getString(i))
                .toList();
    }

    private void lines(Dataset<Row> texts) {
        for (Iterator<Row> rows = texts.toLocalIterator(); rows.hasNext(); ) {
            out.println(rows.next().getString(0));
        }
    }

    private static String quoted(String name) {
        return name.matches("(?s).*[,\"\\r\\n].*") ? '"' + name.replace("\"", "\"\"") + '"' : name;
    }

    /** CSV has no nested values, so they are converted to JSON. */
    private static Column[] flat(Dataset<Row> rows) {
        return Arrays.stream(rows.schema().fields())
                .map(field -> {
                    Column column = column(field);
                    boolean nested = field.dataType() instanceof ArrayType
                            || field.dataType() instanceof MapType
                            || field.dataType() instanceof StructType;
                    return (nested ? to_json(column) : column).as(field.name());
                })
                .toArray(Column[]::new);
    }

    /** Bytes are shown in hexadecimal digits. */
    private static Column column(StructField field) {
        Column column = col("`" + field.name().replace("`", "``") + "`");
        return field.dataType() instanceof BinaryType ? hex(column).as(field.name()) : column;
    }
}
