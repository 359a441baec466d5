package dev.lakehouse.task;

import dev.lakehouse.ledger.Ledger;
import dev.lakehouse.ledger.TaskRun;
import dev.lakehouse.ledger.TaskRun.Outcome;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.spark.Session;
import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Tables;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** What a running task works with. */
public final class TaskContext {
    private final String task;
    private final String runId;
    private final SparkSession session;
    private final Tables tables;
    private final Ledger ledger;
    private final Clock clock;
    private final Report report = Report.toTerminal();
    private Result result = Result.none();

    private TaskContext(String task, String runId, SparkSession session, Tables tables, Clock clock) {
        this.task = task;
        this.runId = runId;
        this.session = session;
        this.tables = tables;
        this.ledger = Ledger.in(session, new LedgerTable(tables));
        this.clock = clock;
    }

    static TaskContext create(String task, TaskOptions options, Clock clock) {
        SparkSession session = Session.current();
        Tables tables = options.warehouse().isEmpty()
                ? Tables.inCatalogue(session, options.catalog())
                : Tables.at(session, options.warehouse());
        return new TaskContext(task, options.runId(), session, tables, clock);
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

    public Clock clock() {
        return clock;
    }

    /** Where the task says what it does. */
    public Report report() {
        return report;
    }

    /** Keeps what is known so far, for the ledger's row should the task fail later. */
    public void progress(Result soFar) {
        result = soFar;
    }

    Result result() {
        return result;
    }

    /** Writes a ledger row of its own for a part of the task's work. */
    public void record(Outcome outcome, Result part, Duration duration, Optional<String> message) {
        ledger.append(new TaskRun(runId, task, clock.instant(), duration, outcome, part, message));
    }

    /** The ledger's table among the lakehouse's. */
    private record LedgerTable(Tables tables) implements Ledger.Access {
        private static final TableName NAME = new TableName("ops", "task_runs");

        @Override
        public String name() {
            return NAME.sql();
        }

        @Override
        public boolean find() {
            return tables.find(NAME);
        }

        @Override
        public void open() {
            tables.open(NAME);
        }
    }

    /** Starts a measurement of rows per second. */
    public Stopwatch stopwatch() {
        return new Stopwatch(System.nanoTime());
    }

    /** A running measurement. */
    public record Stopwatch(long startNanos) {
        public Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - startNanos);
        }

        /** Such as {@code 2.3 s, 412,000 rows/s}. */
        public String rate(long rows) {
            return Report.rate(rows, elapsed());
        }
    }
}
