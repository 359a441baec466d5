package dev.lakehouse.load;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.spark.SqlText;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;

/** Columns by name. A name may contain any characters. */
public final class Columns {
    private Columns() {}

    public static Column named(String name) {
        return col(quoted(name));
    }

    static String quoted(String name) {
        return SqlText.identifier(name);
    }

    public static Column[] named(List<String> names) {
        return names.stream().map(Columns::named).toArray(Column[]::new);
    }

    public static Column[] and(Column[] columns, Column... more) {
        Column[] all = Arrays.copyOf(columns, columns.length + more.length);
        System.arraycopy(more, 0, all, columns.length, more.length);
        return all;
    }
}
