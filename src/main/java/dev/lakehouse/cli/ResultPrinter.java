package dev.lakehouse.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_csv;
import static org.apache.spark.sql.functions.to_json;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/** Prints the rows of a statement, whether it ran here or on a warehouse. */
final class ResultPrinter {
    private final PrintStream out;

    ResultPrinter(PrintStream out) {
        this.out = out;
    }

    /** Prints rows; nothing where the statement gives none by its kind. */
    void print(Dataset<Row> rows, SqlFormat format) {
        if (rows.columns().length == 0) {
            return;
        }
        switch (format) {
            case TABLE -> new TextTable(out).print(rows);
            case CSV -> {
                out.println(
                        Arrays.stream(rows.columns()).map(ResultPrinter::quoted).collect(Collectors.joining(",")));
                // A quote inside quotes is doubled, as RFC 4180 has it; Spark's own way is a backslash.
                lines(rows.select(to_csv(struct(flat(rows)), Map.of("escape", "\""))));
            }
            case JSON -> lines(rows.select(to_json(struct(col("*")), Map.of("ignoreNullFields", "false"))));
        }
    }

    private void lines(Dataset<Row> texts) {
        for (Iterator<Row> rows = texts.toLocalIterator(); rows.hasNext(); ) {
            out.println(rows.next().getString(0));
        }
    }

    private static String quoted(String name) {
        return name.matches("(?s).*[,\"\\r\\n].*") ? '"' + name.replace("\"", "\"\"") + '"' : name;
    }

    /** CSV has no nested values: those become JSON. */
    private static Column[] flat(Dataset<Row> rows) {
        return Arrays.stream(rows.schema().fields())
                .map(field -> {
                    Column column = col("`" + field.name().replace("`", "``") + "`");
                    boolean nested = field.dataType() instanceof ArrayType
                            || field.dataType() instanceof MapType
                            || field.dataType() instanceof StructType;
                    return (nested ? to_json(column) : column).as(field.name());
                })
                .toArray(Column[]::new);
    }
}
