package dev.lakehouse.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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

    /**
     * The commit of the last load; where there is none that can be found, the table's last one, without a note.
     *
     * @param version of the load's commit
     * @param note what it left for the next load
     * @param tableVersion of the table's last commit, whoever made it
     */
    private record LastLoad(long version, String note, long tableVersion) {
        static LastLoad of(SparkSession session, TableName name) {
            long newest = 0;
            for (int commits : COMMITS_LOOKED_AT) {
                List<Row> history = history(session, name, commits)
                        .select("version", "userMetadata")
                        .collectAsList();
                newest = history.get(0).getLong(0);
                for (Row commit : history) {
                    if (!commit.isNullAt(1) && commit.getString(1).startsWith(LOAD)) {
                        String note = commit.getString(1).replaceFirst("^" + LOAD + "\\S+ ?", "");
                        return new LastLoad(commit.getLong(0), note, newest);
                    }
                }
            }
            return new LastLoad(newest, "", newest);
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
        tables.checkUnmasked(name);
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
        Map<String, String> settings = Map.of(
                APPLICATION, application, VERSION, Long.toString(lastLoad.version() + 1), METADATA, mark + " " + note);
        merge(changes, loadedAt, settings);
    }

    void merge(Dataset<Row> changes, Instant loadedAt, Map<String, String> settings) {
        // The session may be shared, and tables of two schemas have one name.
        String view = "lakehouse_changes_" + UUID.randomUUID().toString().replace("-", "");
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
        Runnable run = () -> session.sql(merge);
        try {
            new MergeSettings(settings).run(session, () -> commit(run), () -> commitUnmarked(run));
        } finally {
            session.catalog().dropTempView(view);
        }
    }

    /** A commit whose number another load has taken is left out without a word: so it is looked for. */
    private void commit(Runnable write) {
        explained(write);
        boolean made = COMMITS_LOOKED_AT.stream().anyMatch(commits -> !history(session, name, commits)
                .where(col("userMetadata").startsWith(mark))
                .isEmpty());
        if (!made) {
            throw new ChangedMeanwhile(name, null);
        }
    }

    /**
     * A commit without a number is never left out. Instead of the number, the version that the changes were found at is
     * compared; what comes between that and the commit, Delta itself refuses where it touches the same files.
     */
    private void commitUnmarked(Runnable write) {
        if (history(session, name, 1).head().getLong(0) != lastLoad.tableVersion()) {
            throw new ChangedMeanwhile(name, null);
        }
        explained(write);
    }

    private void explained(Runnable write) {
        try {
            write.run();
        } catch (RuntimeException e) {
            throw explain(e);
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
