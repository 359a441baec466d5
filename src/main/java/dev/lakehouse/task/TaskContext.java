package dev.lakehouse.task;

import dev.lakehouse.ledger.Ledger;
import dev.lakehouse.ledger.TaskRun;
import dev.lakehouse.ledger.TaskRun.Outcome;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.spark.Session;
import dev.lakehouse.spark.SqlText;
import dev.lakehouse.table.Tables;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** The environment of a running task. */
public final class TaskContext {
    /** The setting of Spark that names a local folder for all temporary files, where one machine has the driver and all tasks. */
    public static final String LOCAL_SCRATCH = "spark.lakehouse.scratch";

    private static final int TASKS_PER_CORE = 3;
    private static final long FEW_ROWS = 50_000;

    /** From here on, the time for a table is that of its rows and not of its Spark tasks. */
    private static final long MANY_ROWS = 100_000;

    private final String task;
    private final String runId;
    private final SparkSession session;
    private final Tables tables;
    private final Ledger ledger;
    private final Clock clock;
    private final Report report = Report.toTerminal();
    private Result result = Result.none();
    private Outcome outcome = Outcome.SUCCEEDED;
    private Instant startedAt;
    private Stopwatch stopwatch;

    private TaskContext(String task, String runId, SparkSession session, Tables tables, Clock clock) {
        this.task = task;
        this.runId = runId;
        this.session = session;
        this.tables = tables;
        this.ledger = Ledger.in(session, tables);
        this.clock = clock;
        start(result);
    }

    static TaskContext create(String task, TaskOptions options) {
        SparkSession session = Session.current();
        if (!options.catalog().isEmpty()) {
            session.catalog().setCurrentCatalog(options.catalog());
        }
        Tables tables =
                options.warehouse().isEmpty() ? Tables.inCatalogue(session) : Tables.at(session, options.warehouse());
        return new TaskContext(task, options.runId(), session, tables, options.clock());
    }

    /** The same task in a Spark session of its own, for work beside that of the task's session. */
    public TaskContext beside() {
        SparkSession other = Session.beside(session);
        return new TaskContext(task, runId, other, tables.in(other), clock);
    }

    public String task() {
        return task;
    }

    public SparkSession session() {
        return session;
    }

    public Tables tables() {
        return tables;
    }

    public Ledger ledger() {
        return ledger;
    }

    /**
     * A folder for temporary files.
     *
     * @param parent the location of the folders of this kind of task; not used with {@link #LOCAL_SCRATCH}
     */
    public ScratchSpace scratch(String parent) {
        return ScratchSpace.below(Session.setting(session, LOCAL_SCRATCH).orElse(parent));
    }

    /** Whether this is Spark on a laptop, whose settings tasks may adapt to the amount of data. */
    public boolean isLocal() {
        return Session.setting(session, LOCAL_SCRATCH).isPresent();
    }

    /**
     * Runs work that concerns few rows. On a laptop, Spark then does not compile its queries.
     *
     * @param sessions those that run the queries
     */
    public <T> T withFewRows(List<SparkSession> sessions, Supplier<T> work) {
        return isLocal() ? Session.with(Session.FEW_ROWS, sessions, work) : work.get();
    }

    /**
     * Runs work on a table of so many rows. On a laptop, Spark does not compile the queries of a small table, and reads the files of
     * a large one in more Spark tasks than there are cores, so that all cores are busy to the end. By default it forms as many tasks
     * of equal size as cores, and often one more, which runs alone. A write without an order makes a file of each task.
     */
    public <T> T adaptedTo(long rows, Supplier<T> work) {
        if (rows < FEW_ROWS) {
            return withFewRows(List.of(session), work);
        }
        if (rows < MANY_ROWS || !isLocal()) {
            return work.get();
        }
        String tasks = Integer.toString(TASKS_PER_CORE * Runtime.getRuntime().availableProcessors());
        return Session.with(Map.of("spark.sql.files.minPartitionNum", tasks), List.of(session), work);
    }

    public Clock clock() {
        return clock;
    }

    /** The task's output. */
    public Report report() {
        return report;
    }

    /**
     * Starts the task, or a part of it that has its own ledger row.
     *
     * @param known the result so far, for the ledger row if the part fails
     */
    public void start(Result known) {
        startedAt = clock.instant();
        stopwatch = stopwatch();
        result = known;
    }

    /** Sets the result so far, for the ledger row if the task fails later. */
    public void progress(Result known) {
        result = known;
    }

    /** Sets the outcome of the task unless it fails. The default is {@link Outcome#SUCCEEDED}. */
    public void endsAs(Outcome known) {
        outcome = known;
    }

    Outcome outcome() {
        return outcome;
    }

    /** Writes a ledger row for a completed part of a task that continues. {@link #start} begins the next part. */
    public void record(Outcome outcome, Result part, Optional<String> message) {
        ledger.append(new TaskRun(runId, task, startedAt, stopwatch.elapsed(), outcome, part, message));
    }

    Result result() {
        return result;
    }

    /** Prints the query for the run's rows in the ledger. Only on Databricks, where the page of a run shows it. */
    void printLedgerQuery() {
        if (tables.governs()) {
            report.line("ledger", ledgerQuery(tables.nameForPeople(Ledger.TABLE), runId));
        }
    }

    static String ledgerQuery(String ledger, String runId) {
        return "SELECT * FROM " + ledger + " WHERE run_id = " + SqlText.literal(runId) + " ORDER BY started_at";
    }

    /** Starts a stopwatch. */
    public Stopwatch stopwatch() {
        return Stopwatch.start();
    }

    /**
     * Measures time and rows per second; running or stopped.
     *
     * @param startNanos when it was started
     * @param endNanos when it was stopped; empty while it runs
     */
    public record Stopwatch(long startNanos, OptionalLong endNanos) {
        /** A stopwatch that starts now. */
        public static Stopwatch start() {
            return new Stopwatch(System.nanoTime(), OptionalLong.empty());
        }

        /** The same stopwatch, stopped now. */
        public Stopwatch stopped() {
            return new Stopwatch(startNanos, OptionalLong.of(System.nanoTime()));
        }

        /** The time until it was stopped, or until now. */
        public Duration elapsed() {
            return Duration.ofNanos(endNanos.orElseGet(System::nanoTime) - startNanos);
        }

        /** The same time in seconds. */
        public double seconds() {
            return elapsed().toNanos() / 1e9;
        }

        /** Such as {@code 2.3 s, 412,000 rows/s}. */
        public String rate(long rows) {
            return Report.rate(rows, elapsed());
        }
    }
}
