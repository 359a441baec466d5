package dev.lakehouse.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lakehouse.UserError;
import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.testing.NewProcess;
import dev.lakehouse.testing.TestLakehouse;
import dev.lakehouse.testing.TestServers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Option;

/** The frame that every task runs in. */
class TaskTest {
    private static final String WAREHOUSE = TestServers.freshPrefix();
    private static final String NOWHERE = "s3a://no-such-bucket/warehouse";
    private final UserError mistake = new UserError("The shop is shut.", "It is Sunday.", "Come tomorrow.");

    private final String runId = UUID.randomUUID().toString();
    private final NewProcess process = new NewProcess();

    @AfterEach
    void close() {
        process.close();
    }

    @Test
    void whatATaskDidIsInTheLedger() {
        new Work(context -> Result.none().table("shop.articles").extract(42).count(Measure.ROWS_READ, 7))
                .run(WAREHOUSE, runId);

        assertThat(ledger("task, outcome, table_name, extract, rows_read, rows_written, message"))
                .containsExactly("[Work,succeeded,shop.articles,42,7,null,null]");
    }

    @Test
    void theQueryOfARunFindsItsRowsWhateverItIsCalled() {
        String named = "it's " + runId;
        new Work(context -> Result.none()).run(WAREHOUSE, named);
        new Work(context -> Result.none()).run(WAREHOUSE, runId);

        assertThat(TestLakehouse.session()
                        .sql(TaskContext.ledgerQuery("ops.task_runs", named))
                        .select("run_id", "outcome")
                        .collectAsList())
                .extracting(Object::toString)
                .containsExactly("[" + named + ",succeeded]");
    }

    @Test
    void theClockStandsAtTheGivenMoment() {
        new Work(context -> {
                    assertThat(context.clock().instant()).hasToString("2025-12-31T23:59:59Z");
                    return Result.none();
                })
                .run(WAREHOUSE, runId, "--now=2025-12-31T23:59:59Z");

        assertThat(ledger("CAST(started_at AS STRING)")).containsExactly("[2025-12-31 23:59:59]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--row=1", "--rows=many", "--now=yesterday", "surplus"})
    void aWrongOptionIsNamedAndNothingRuns(String option) {
        Work work = new Work(context -> Result.none());

        assertThatThrownBy(() -> work.run(WAREHOUSE, runId, option)).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.problem()).isEqualTo("Work cannot start: its parameters are wrong.");
            assertThat(error.cause()).contains(option.replaceFirst("=.*", ""));
            assertThat(error.fix()).contains("workflow file");
        });

        assertThat(work.ran).isFalse();
    }

    @Test
    void aMissingOptionIsNamedAndNothingRuns() {
        Work work = new Work(context -> Result.none());

        assertThatThrownBy(() -> work.execute("--warehouse=" + WAREHOUSE))
                .isInstanceOfSatisfying(
                        UserError.class, error -> assertThat(error.cause()).contains("--rows"));

        assertThat(work.ran).isFalse();
    }

    @Test
    void aMistakeIsThrownAndInTheLedgerWithWhatWasDoneUntilThen() {
        Work work = new Work(context -> {
            context.progress(Result.none().table("shop.articles").count(Measure.ROWS_READ, 7));
            throw new IllegalStateException("wrapped", mistake);
        });

        assertThatThrownBy(() -> work.run(WAREHOUSE, runId)).isSameAs(mistake);

        assertThat(ledger("outcome, table_name, rows_read, message"))
                .containsExactly("[failed,shop.articles,7,The shop is shut.]");
    }

    @Test
    void ofADefectTheLedgerKnowsTheClassAlone() {
        IllegalStateException defect =
                new IllegalStateException("row of ada@example.com", new IllegalArgumentException("Ada Lovelace"));
        Work work = new Work(context -> {
            throw defect;
        });

        assertThatThrownBy(() -> work.run(WAREHOUSE, runId)).isSameAs(defect);

        assertThat(ledger("outcome, message")).containsExactly("[failed,IllegalStateException (see the log)]");
    }

    @Test
    void ofSparksErrorsTheLedgerKnowsTheConditionToo() {
        Work work = new Work(context -> {
            context.session().sql("SELECT CAST('ada@example.com' AS INT)").collect();
            return Result.none();
        });

        assertThatThrownBy(() -> work.run(WAREHOUSE, runId)).hasMessageContaining("ada@example.com");

        assertThat(ledger("message").get(0)).contains("CAST_INVALID_INPUT").doesNotContain("ada");
    }

    @Test
    void onlyADefectIsLoggedWhereADriverShowsTheLog() {
        try (Logged logged = new Logged(Task.class)) {
            failing(() -> mistake).run();
            failing(() -> new IllegalStateException("a defect")).run();

            assertThat(logged.records)
                    .extracting(
                            record -> record.getLevel().getName(), LogRecord::getMessage, record -> record.getThrown()
                                    .getMessage()
                                    .lines()
                                    .findFirst()
                                    .orElseThrow())
                    .containsExactly(
                            tuple("FINE", "Work failed", "The shop is shut."),
                            tuple("SEVERE", "Work failed", "a defect"));
        }
    }

    private Runnable failing(Supplier<RuntimeException> failure) {
        Work work = new Work(context -> {
            throw failure.get();
        });
        return () -> assertThatThrownBy(() -> work.run(WAREHOUSE, runId)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void aFailureIsSaidWhereTheLedgerCannotBeWritten() {
        Work work = new Work(context -> {
            throw mistake;
        });

        assertThatThrownBy(() -> work.run(NOWHERE, runId)).isSameAs(mistake);
    }

    @Test
    void aTaskThatSucceededFailsWhereTheLedgerCannotBeWritten() {
        assertThatThrownBy(() -> new Work(context -> Result.none()).run(NOWHERE, runId))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("bucket of " + NOWHERE);
    }

    /** The rows of this test's run. */
    private List<String> ledger(String columns) {
        return process
                .session()
                .read()
                .format("delta")
                .load(WAREHOUSE + "/ops/task_runs")
                .where("run_id = '" + runId + "'")
                .selectExpr(columns.split(", "))
                .collectAsList()
                .stream()
                .map(Object::toString)
                .toList();
    }

    /** A task that does what a test says. */
    private static final class Work extends Task {
        private final Function<TaskContext, Result> what;
        private boolean ran;

        @Option(names = "--rows", required = true)
        private int rows;

        Work(Function<TaskContext, Result> what) {
            this.what = what;
        }

        void run(String warehouse, String runId, String... more) {
            List<String> arguments = new ArrayList<>(List.of(more));
            arguments.addAll(List.of("--warehouse=" + warehouse, "--run-id=" + runId));
            if (!String.join(" ", more).contains("--rows")) {
                arguments.add("--rows=1");
            }
            execute(arguments.toArray(String[]::new));
        }

        @Override
        protected Result run(TaskContext context) {
            ran = true;
            assertThat(rows).isEqualTo(1);
            return what.apply(context);
        }
    }

    /** What a class logs, until it is closed. */
    private static final class Logged extends Handler implements AutoCloseable {
        private final List<LogRecord> records = new ArrayList<>();
        private final Logger logger;

        Logged(Class<?> of) {
            logger = Logger.getLogger(of.getName());
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord record) {
            records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }
}
