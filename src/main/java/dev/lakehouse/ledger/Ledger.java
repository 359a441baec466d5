package dev.lakehouse.ledger;

import dev.lakehouse.ledger.TaskRun.Outcome;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.spark.Session;
import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Tables;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The ledger of task runs: a table that is appended to and never changed. Each row is a commit of its own, except in a
 * session with {@link #PENDING}: there rows are collected in that folder, and one commit brings them into the table.
 */
public final class Ledger {
    /** Spark's setting for the folder of rows that are not committed yet; only a laptop's session has it. */
    public static final String PENDING = "spark.lakehouse.ledger.pending";

    /** Spark's setting for the warehouse whose ledger they belong to; tasks on another warehouse commit their rows. */
    public static final String PENDING_WAREHOUSE = "spark.lakehouse.ledger.warehouse";

    static final StructType SCHEMA = schema();

    /** The table that it is stored in. */
    public static final TableName TABLE = new TableName("ops", "task_runs");

    /** Iterations of a task have the same run and task, and may start at the same time. */
    private static final List<String> IDENTITY = List.of("run_id", "task", "started_at", "table_name", "duration_ms");

    private static final Comparator<TaskRun> ORDER_OF_LOADS = Comparator.comparing(
                    (TaskRun run) -> run.result().extract().orElse(0L))
            .thenComparing(TaskRun::startedAt);

    private final SparkSession session;
    private final Tables tables;
    private final Optional<PendingRuns> pending;

    private Ledger(SparkSession session, Tables tables) {
        this.session = session;
        this.tables = tables;
        this.pending = Session.setting(session, PENDING)
                .filter(folder -> Session.setting(session, PENDING_WAREHOUSE)
                        .filter(tables::areAt)
                        .isPresent())
                .map(folder -> new PendingRuns(
                        folder, Session.setting(session, "spark.app.id").orElse("")));
    }

    /** The ledger of a lakehouse. */
    public static Ledger in(SparkSession session, Tables tables) {
        return new Ledger(session, tables);
    }

    /** Appends one row. */
    public void append(TaskRun run) {
        pending.ifPresentOrElse(rows -> rows.add(run), () -> commit(List.of(run)));
    }

    /** The rows that are not committed yet, in the order in which they were appended. */
    public List<TaskRun> pending() {
        return pending.map(PendingRuns::all).orElse(List.of());
    }

    /** Commits the pending rows. */
    public void commitPending() {
        pending.ifPresent(rows -> rows.commit(this::missing, this::commit));
    }

    /** Of rows those that the table does not have. */
    private List<TaskRun> missing(List<TaskRun> runs) {
        Object[] ids = runs.stream().map(TaskRun::runId).distinct().toArray();
        Column[] identity = IDENTITY.stream().map(functions::col).toArray(Column[]::new);
        Set<String> known = rows()
                .map(rows -> rows.where(functions.col("run_id").isin(ids)).select(identity))
                .map(Dataset::collectAsList)
                .orElse(List.of())
                .stream()
                .map(row -> identity(row, IDENTITY))
                .collect(Collectors.toSet());
        return runs.stream()
                .filter(run -> !known.contains(identity(run.row(), List.of(SCHEMA.fieldNames()))))
                .toList();
    }

    /** Spark keeps microseconds. */
    private static String identity(Row row, List<String> columns) {
        return IDENTITY.stream()
                .map(column -> row.get(columns.indexOf(column)))
                .map(value -> value instanceof Timestamp time ? time.toInstant().truncatedTo(ChronoUnit.MICROS) : value)
                .map(String::valueOf)
                .collect(Collectors.joining("/"));
    }

    private void commit(List<TaskRun> runs) {
        tables.open(TABLE);
        session.createDataFrame(runs.stream().map(TaskRun::row).toList(), SCHEMA)
                .write()
                .format("delta")
                .mode("append")
                // A table that was created before a measure existed gets its column.
                .option("mergeSchema", "true")
                .saveAsTable(TABLE.sql());
    }

    /**
     * The last successful load of the newest extract that was loaded into a table: its extract, and the measures
     * {@link Measure#TARGET_VERSION}, {@link Measure#QUARANTINE_VERSION} and {@link Measure#RULES}; empty before the first load.
     *
     * @param since runs that ended before are ignored: they concern an earlier table of the same name
     */
    public Optional<Result> lastLoad(String target, Instant since) {
        Optional<TaskRun> notYet = pendingSuccesses(target)
                .filter(run -> !run.endedAt().isBefore(since))
                .filter(run -> run.result().measures().containsKey(Measure.ROWS_INSERTED))
                .filter(run -> run.result().extract().isPresent())
                .reduce((one, later) -> ORDER_OF_LOADS.compare(one, later) > 0 ? one : later);
        Optional<Result> committed =
                newest().flatMap(runs -> runs.load(target, since)).map(NewestRuns.Load::result);
        // Pending rows are newer than those that are committed.
        return notYet.map(TaskRun::result)
                .filter(pending -> committed.flatMap(Result::extract).orElse(0L)
                        <= pending.extract().orElseThrow())
                .or(() -> committed);
    }

    /** The start of the last successful run of a task on a table; empty if there is none. */
    public Optional<Instant> lastSuccess(String target, String task) {
        Stream<Instant> committed = newest().flatMap(runs -> runs.start(target, task)).stream();
        Stream<Instant> notYet =
                pendingSuccesses(target).filter(run -> run.task().equals(task)).map(TaskRun::startedAt);
        return Stream.concat(committed, notYet).max(Comparator.naturalOrder());
    }

    /** The table; empty where no row was ever committed. */
    private Optional<Dataset<Row>> rows() {
        return tables.find(TABLE) ? Optional.of(session.table(TABLE.sql())) : Optional.empty();
    }

    private Optional<NewestRuns> newest() {
        return tables.find(TABLE) ? Optional.of(NewestRuns.of(session, tables)) : Optional.empty();
    }

    private Stream<TaskRun> pendingSuccesses(String target) {
        return pending().stream()
                .filter(run -> run.outcome() == Outcome.SUCCEEDED
                        && run.result().table().equals(Optional.of(target)));
    }

    private static StructType schema() {
        StructType schema = new StructType()
                .add("run_id", DataTypes.StringType)
                .add("task", DataTypes.StringType)
                .add("table_name", DataTypes.StringType)
                .add("extract", DataTypes.LongType)
                .add("started_at", DataTypes.TimestampType)
                .add("duration_ms", DataTypes.LongType)
                .add("outcome", DataTypes.StringType);
        for (Measure measure : Measure.values()) {
            schema = schema.add(measure.column(), DataTypes.LongType);
        }
        return schema.add("checksum", DataTypes.createDecimalType(38, 0)).add("message", DataTypes.StringType);
    }
}
