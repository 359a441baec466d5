package dev.lakehouse.source.mysql;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.spark.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads keys and row checksums of a MySQL table by Spark JDBC, with one streaming connection per key range. */
public record SourceKeys(SparkSession session, MySqlServer server) {
    /** The table's key columns, if it has a key, in their Spark types, and {@link RowFormat#CHECKSUM}, which MySQL computes. */
    public Dataset<Row> rows(SourceTable table, RowFormat format, KeyRanges ranges) {
        List<ColumnDefinition> key = table.key();
        // The key itself in addition to its text form, so that MySQL compares it unchanged and by its index.
        List<String> compared =
                IntStream.range(0, key.size()).mapToObj(i -> "`_key" + i + "`").toList();
        String columns = IntStream.range(0, key.size())
                .mapToObj(i -> TypeMapping.of(key.get(i)).mysqlText() + " AS " + name(key.get(i)) + ", "
                        + name(key.get(i)) + " AS " + compared.get(i) + ", ")
                .collect(Collectors.joining());
        String query = "(SELECT " + columns + format.mysqlChecksum() + " AS " + RowFormat.CHECKSUM + table.from()
                + ") AS source";
        SourceLogin login = server.login();
        Properties properties = new Properties();
        properties.putAll(login.account());
        properties.put("driver", com.mysql.cj.jdbc.Driver.class.getName());
        properties.put("fetchsize", Integer.toString(Integer.MIN_VALUE)); // the driver's value for streaming
        List<Column> typed = new ArrayList<>();
        key.forEach(column -> typed.add(
                col(name(column)).cast(TypeMapping.of(column).sparkType()).as(column.name())));
        typed.add(col(RowFormat.CHECKSUM));
        return session.read()
                .jdbc(login.address(), query, ranges.conditions(compared).toArray(String[]::new), properties)
                .select(typed.toArray(Column[]::new));
    }

    private static String name(ColumnDefinition column) {
        return SqlText.identifier(column.name());
    }
}
