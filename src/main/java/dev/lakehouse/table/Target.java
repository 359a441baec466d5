package dev.lakehouse.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;

/**
 * A table that rows are brought into, by one commit at most for each {@link Target}.
 *
 * <p>The commit carries a transaction number that follows from the last load that was found, so that of two loads that
 * looked at the table after the same one, one is refused: even where both only append, and where maintenance made commits
 * in between. It may carry a note for the next load.
 */
public final class Target {
    static final String LOADED_AT = "_loaded_at";

    private static final String APPLICATION = "spark.databricks.delta.write.txnAppId";
    private static final String VERSION = "spark.databricks.delta.write.txnVersion";
    private static final String METADATA = "spark.databricks.delta.commitInfo.userMetadata";
    private static final String LOAD = "lakehouse load ";

    /** How many commits are looked at: mostly the first few tell, and each costs a request. */
    private static final List<Integer> COMMITS_LOOKED_AT = List.of(5, 100);

    /** Another first load that adds the constraints, for example. */
    private static final Set<String> SHAPE_CHANGED = Set.of("DELTA_METADATA_CHANGED", "DELTA_PROTOCOL_CHANGED");

    private final SparkSession session;
    private final TableName name;
    private final List<String> key;
    private final List<String> order;
    private final String application;
    private final LastLoad lastLoad;
    private final String mark = LOAD + UUID.randomUUID();

    private Target(SparkSession session, TableName name, List<String> key, List<String> order, LastLoad lastLoad) {
        this.session = session;
        this.name = name;
        this.key = key;
        this.order = order;
        this.application = "lakehouse load of " + name;
        this.lastLoad = lastLoad;
    }

    /** The commit of the last load; where there is none that can be found, the table's last one, without a note. */
    private record LastLoad(long version, String note) {
        static LastLoad of(SparkSession session, TableName name) {
            return COMMITS_LOOKED_AT.stream()
                    .map(commits -> history(session, name, commits)
                            .where(col("userMetadata").startsWith(LOAD))
                            .select("version", "userMetadata")
                            .orderBy(col("version").desc())
                            .takeAsList(1))
                    .flatMap(List::stream)
                    .findFirst()
                    .map(row -> new LastLoad(row.getLong(0), row.getString(1).replaceFirst("^" + LOAD + "\\S+ ?", "")))
                    .orElseGet(
                            () -> new LastLoad(history(session, name, 1).head().getLong(0), ""));
        }
    }

    /**
     * Opens a table, made where it does not exist yet.
     *
     * @param order the columns by which new rows are sorted into files
     */
    public static Target open(
            SparkSession session, Tables tables, TableName name, List<String> key, List<String> order) {
        tables.open(name);
        return new Target(session, name, key, order, LastLoad.of(session, name));
    }

    public TableName name() {
        return name;
    }

    public List<String> key() {
        return key;
    }

    /** What the last load left for this one; empty where it left nothing, or cannot be found. */
    public String note() {
        return lastLoad.note();
    }

    public Dataset<Row> rows() {
        return session.table(name.sql());
    }

    /** The columns that a row brings: all but the time of its load. */
    public List<String> columns() {
        return Arrays.stream(rows().columns())
                .filter(column -> !column.equals(LOADED_AT))
                .toList();
    }

    /** Appends new rows, sorted into files of even size. */
    public void append(Dataset<Row> rows, long count, Instant loadedAt) {
        append(rows, count, loadedAt, "");
    }

    void append(Dataset<Row> rows, long count, Instant loadedAt, String note) {
        Column[] sorted = order.stream().map(column -> col(column)).toArray(Column[]::new);
        Dataset<Row> laidOut =
                FileSize.files(count) == 1 ? rows.coalesce(1) : rows.repartitionByRange(FileSize.files(count), sorted);
        DataFrameWriter<Row> writer = stamped(laidOut.sortWithinPartitions(sorted), loadedAt)
                .write()
                .format("delta")
                .mode("append")
                .option("maxRecordsPerFile", FileSize.MOST_ROWS)
                .option("txnAppId", application)
                .option("txnVersion", lastLoad.version() + 1)
                .option("userMetadata", mark + " " + note);
        commit(() -> writer.saveAsTable(name.sql()));
    }

    /**
     * Applies changes.
     *
     * @param changes {@link TableChange#OPERATION} and {@link #columns()}
     * @param note for the next load
     */
    void merge(Dataset<Row> changes, Instant loadedAt, String note) {
        String view = "lakehouse_changes_of_" + name.table();
        Dataset<Row> source = stamped(changes, loadedAt);
        source.createOrReplaceTempView(view);
        List<String> columns = Arrays.stream(source.columns())
                .filter(column -> !column.equals(TableChange.OPERATION))
                .toList();
        String merge = """
                MERGE INTO %s AS target USING %s AS source
                ON %s
                WHEN MATCHED AND source.%s = '%s' THEN DELETE
                WHEN MATCHED THEN UPDATE SET %s
                WHEN NOT MATCHED AND source.%s <> '%s' THEN INSERT (%s) VALUES (%s)
                """.formatted(
                        name.sql(),
                        view,
                        each(key, " AND ", column -> "target." + column + " = source." + column),
                        TableChange.OPERATION,
                        TableChange.DELETE,
                        each(columns, ", ", column -> column + " = source." + column),
                        TableChange.OPERATION,
                        TableChange.DELETE,
                        String.join(", ", columns),
                        each(columns, ", ", column -> "source." + column));
        RuntimeConfig settings = session.conf();
        settings.set(APPLICATION, application);
        settings.set(VERSION, lastLoad.version() + 1);
        settings.set(METADATA, mark + " " + note);
        try {
            commit(() -> session.sql(merge));
        } finally {
            List.of(APPLICATION, VERSION, METADATA).forEach(settings::unset);
            session.catalog().dropTempView(view);
        }
    }

    /** A commit whose number another load has taken is left out without a word: so it is looked for. */
    private void commit(Runnable write) {
        try {
            write.run();
        } catch (RuntimeException e) {
            throw explain(e);
        }
        boolean made = COMMITS_LOOKED_AT.stream().anyMatch(commits -> !history(session, name, commits)
                .where(col("userMetadata").startsWith(mark))
                .isEmpty());
        if (!made) {
            throw new ChangedMeanwhile(name, null);
        }
    }

    private static Dataset<Row> history(SparkSession session, TableName name, int commits) {
        return session.sql("DESCRIBE HISTORY " + name.sql() + " LIMIT " + commits);
    }

    private RuntimeException explain(RuntimeException failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            String condition = t instanceof SparkThrowable spark ? String.valueOf(spark.getCondition()) : "";
            if (condition.startsWith("DELTA_CONCURRENT") || SHAPE_CHANGED.contains(condition)) {
                return new ChangedMeanwhile(name, failure);
            }
        }
        return failure;
    }

    private static Dataset<Row> stamped(Dataset<Row> rows, Instant loadedAt) {
        return rows.withColumn(LOADED_AT, lit(loadedAt));
    }

    private static String each(List<String> columns, String between, UnaryOperator<String> form) {
        return columns.stream().map(form).collect(Collectors.joining(between));
    }
}
