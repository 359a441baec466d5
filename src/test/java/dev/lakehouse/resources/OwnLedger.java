package dev.lakehouse.resources;

import dev.lakehouse.task.ApplySchemas;
import dev.lakehouse.testing.TestLakehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The ledger as one test wants it, since all tests write to {@code ops.task_runs}: a view of rows in memory with the columns
 * of that table. In a query only the table's name is replaced.
 */
final class OwnLedger {
    private static final String LEDGER = "(`?\\w+`?\\.)?ops\\.task_runs\\b";

    private static StructType columns;

    private final SparkSession session = TestLakehouse.session();
    private final String view = "ledger_" + UUID.randomUUID().toString().replace("-", "");
    private final List<Map<String, String>> added = new ArrayList<>();
    private final Map<String, String> views = new TreeMap<>();

    private OwnLedger() {}

    /** An empty one. */
    static synchronized OwnLedger in(TestLakehouse lakehouse) {
        if (columns == null) {
            lakehouse.task(ApplySchemas::main, List.of("--tables=ops.task_runs"));
            columns = TestLakehouse.session().table("ops.task_runs").schema();
        }
        return new OwnLedger();
    }

    /** Reads tables once: queries read their rows of now, from memory. */
    OwnLedger with(String... tables) {
        for (String table : tables) {
            Dataset<Row> rows = session.table(table);
            views.put(table, view + "_" + table.replace('.', '_'));
            session.createDataFrame(rows.collectAsList(), rows.schema()).createOrReplaceTempView(views.get(table));
        }
        return this;
    }

    /** A task run that began some minutes ago, with more columns as SQL. */
    OwnLedger add(String task, String tableName, String outcome, long minutesAgo, Map<String, String> more) {
        Map<String, String> row = new TreeMap<>(more);
        row.put("run_id", "'run " + minutesAgo + "'");
        row.put("task", "'" + task + "'");
        row.put("table_name", tableName == null ? "CAST(NULL AS STRING)" : "'" + tableName + "'");
        row.put("outcome", "'" + outcome + "'");
        row.put("started_at", "current_timestamp() - INTERVAL " + minutesAgo + " MINUTES");
        row.put("duration_ms", "1000");
        added.add(row);
        return this;
    }

    OwnLedger add(String task, String tableName, String outcome, long minutesAgo) {
        return add(task, tableName, outcome, minutesAgo, Map.of());
    }

    /** The rows of a query that reads this ledger. */
    Dataset<Row> run(String query) {
        Dataset<Row> rows = session.createDataFrame(List.of(), columns);
        if (!added.isEmpty()) {
            rows = rows.unionByName(session.sql(values()), true);
        }
        rows.createOrReplaceTempView(view);
        String own = query.replaceAll(LEDGER, view);
        for (Map.Entry<String, String> table : views.entrySet()) {
            own = own.replaceAll("\\b" + table.getKey() + "\\b", table.getValue());
        }
        return session.sql(own);
    }

    private String values() {
        Set<String> columns =
                added.stream().flatMap(row -> row.keySet().stream()).collect(Collectors.toSet());
        return added.stream()
                .map(row -> columns.stream()
                        .map(column -> row.getOrDefault(column, "NULL"))
                        .collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(
                        ", ", "SELECT * FROM VALUES ", " AS added (" + String.join(", ", columns) + ")"));
    }
}
