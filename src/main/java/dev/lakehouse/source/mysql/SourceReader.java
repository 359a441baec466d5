package dev.lakehouse.source.mysql;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.spark_partition_id;

import dev.lakehouse.spark.SqlText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads a MySQL table by Spark JDBC with one streaming connection per key range. Each has one row at a time in memory.
 */
public record SourceReader(SparkSession session, MySqlServer server) {
    /**
     * The rows with the schema {@link RowFormat#fileSchema()}.
     *
     * <p>The ranges are read at different times, so the rows are proven and corrected afterwards.
     */
    public Dataset<Row> rows(SourceTable table, RowFormat format, KeyRanges ranges) {
        List<String> key = new ArrayList<>();
        StringBuilder keyColumns = new StringBuilder();
        for (String name : table.quotedKey()) {
            // The key itself in addition to its text form, so that MySQL compares it unchanged and by its index.
            String alias = "`_key" + key.size() + "`";
            key.add(alias);
            keyColumns.append(", ").append(name).append(" AS ").append(alias);
        }
        String query = "(SELECT " + format.textColumns() + keyColumns + " FROM " + SqlText.identifier(table.name())
                + ") AS source";
        Dataset<Row> read = session.read()
                .jdbc(server.addressWithOptions(), query, ranges.conditions(key).toArray(String[]::new), properties());
        Column[] texts = Stream.concat(
                        Arrays.stream(format.schema().fieldNames()).map(name -> col(SqlText.identifier(name))),
                        // The reader's partitions are the ranges, in order.
                        Stream.of(spark_partition_id().as(RowFormat.RANGE)))
                .toArray(Column[]::new);
        return inFileOrder(format.decode(read.select(texts)), format);
    }

    private static Dataset<Row> inFileOrder(Dataset<Row> rows, RowFormat format) {
        return rows.select(Arrays.stream(format.fileSchema().fieldNames())
                .map(name -> col(SqlText.identifier(name)))
                .toArray(Column[]::new));
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.putAll(server.account());
        properties.put("driver", com.mysql.cj.jdbc.Driver.class.getName());
        properties.put("fetchsize", Integer.toString(Integer.MIN_VALUE)); // the driver's value for streaming
        return properties;
    }
}
