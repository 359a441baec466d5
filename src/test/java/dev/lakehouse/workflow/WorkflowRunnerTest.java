package dev.lakehouse.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowRunnerTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path directory;

    private Path seen;
    private Path sql;

    @BeforeEach
    void files() throws Exception {
        seen = directory.resolve("seen");
        sql = Files.writeString(directory.resolve("tidy.sql"), "SELECT 1");
    }

    @Test
    void tasksRunOneAfterTheOtherInTheOrderOfTheirDependencies() {
        WorkflowRun run = run("""
                - {task_key: last, depends_on: [{task_key: second}, {task_key: first}], spark_jar_task: {main_class_name: APPEND, parameters: [SEEN, last]}}
                - {task_key: first, spark_jar_task: {main_class_name: APPEND, parameters: [SEEN, first]}}
                - {task_key: second, spark_jar_task: {main_class_name: APPEND, parameters: [SEEN, second]}}
                """);

        assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(TestTasks.lines(seen)).containsExactly("first", "second", "last");
        assertThat(run.tasks()).extracting(TaskRun::key).containsExactly("first", "second", "last");
    }

    @Test
    void referencesAreReplacedInTheArguments() {
        WorkflowRun run = run("""
                - {task_key: a, spark_jar_task: {main_class_name: APPEND, parameters: [SEEN, "{{job.parameters.rows}}", "{{job.run_id}}", "{{ job.run_id }}", "x${var.place}y", "${bundle.target}"]}}
                """);

        assertThat(TestTasks.lines(seen))
                .containsExactly("10|" + run.runId() + "|" + run.runId() + "|xat $1 and \\2y|local");
    }

    @Test
    void aFailedTaskIsTriedAgainAfterItsInterval() {
        WorkflowRun run = run("""
                - {task_key: a, max_retries: 2, min_retry_interval_millis: 150, spark_jar_task: {main_class_name: FAIL_TIMES, parameters: [SEEN, "2"]}}
                """);

        assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(run.tasks().get(0).attempts()).isEqualTo(3);
        assertThat(run.tasks().get(0).duration()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void aTaskFailsWithWhatItsLastAttemptThrew() {
        WorkflowRun run = run("""
                - {task_key: a, max_retries: 1, spark_jar_task: {main_class_name: FAIL_TIMES, parameters: [SEEN, "2"]}}
                """);

        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(run.tasks().get(0).attempts()).isEqualTo(2);
        assertThat(run.tasks().get(0).failure().orElseThrow())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("not yet");
    }

    @Test
    void retriesWithoutEndGoOnUntilTheTaskSucceeds() {
        WorkflowRun run = run("""
                - {task_key: a, max_retries: -1, spark_jar_task: {main_class_name: FAIL_TIMES, parameters: [SEEN, "7"]}}
                """);

        assertThat(run.tasks().get(0).attempts()).isEqualTo(8);
    }

    @Test
    void aUsersErrorIsNeverTriedAgain() {
        WorkflowRun run = run("""
                - {task_key: a, max_retries: 5, spark_jar_task: {main_class_name: FAIL_AS_USER, parameters: [SEEN]}}
                """);

        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(TestTasks.lines(seen)).containsExactly("tried");
    }

    @Test
    void aTaskIsStoppedAtItsLimitAndNotTriedAgain() {
        WorkflowRun run = run("""
                - {task_key: a, timeout_seconds: 1, max_retries: 3, spark_jar_task: {main_class_name: HANG, parameters: [SEEN]}}
                - {task_key: cleanup, spark_jar_task: {main_class_name: APPEND, parameters: [SEEN, cleanup]}}
                """);

        assertThat(outcomes(run)).containsEntry("a", Outcome.TIMED_OUT);
        assertThat(run.tasks().get(0).failure().orElseThrow())
                .hasMessageContaining("The task a was stopped after 1.0 s.")
                .hasMessageContaining("its timeout_seconds");
        assertThat(TestTasks.lines(seen)).containsExactly("tried", "stopped", "cleanup");
        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void nothingRunsBesideATaskThatCannotBeStopped() {
        WorkflowRun run = run("""
                - {task_key: a, timeout_seconds: 1, spark_jar_task: {main_class_name: HANG_ON}}
                - {task_key: cleanup, spark_jar_task: {main_class_name: APPEND, parameters: [SEEN, cleanup]}}
                """);

        assertThat(outcomes(run)).containsEntry("a", Outcome.TIMED_OUT).containsEntry("cleanup", Outcome.CANCELED);
        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(TestTasks.lines(seen)).isEmpty();
    }

    @Test
    void theJobsLimitStopsTheRunningTaskAndCancelsTheRest() {
        WorkflowRun run = runFile("""
                timeout_seconds: 1
                tasks:
                  - {task_key: a, spark_jar_task: {main_class_name: HANG, parameters: [SEEN]}}
                  - {task_key: cleanup, spark_jar_task: {main_class_name: APPEND, parameters: [SEEN, cleanup]}}
                """);

        assertThat(run.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(outcomes(run)).containsEntry("a", Outcome.TIMED_OUT).containsEntry("cleanup", Outcome.CANCELED);
        assertThat(run.tasks().get(0).failure().orElseThrow()).hasMessageContaining("the job's timeout_seconds");
    }

    @Test
    void aRunThatEndedInTimeIsNotTimedOutByItsLastTask() {
        WorkflowRun run = runFile("""
                timeout_seconds: 60
                tasks:
                  - {task_key: a, timeout_seconds: 1, spark_jar_task: {main_class_name: HANG, parameters: [SEEN]}}
                """);

        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(run.tasks().get(0).failure().orElseThrow()).hasMessageContaining("This is its timeout_seconds");
    }

    @Test
    void aRetryThatTheJobsLimitWouldCutOffIsNotMade() {
        WorkflowRun run = runFile("""
                timeout_seconds: 60
                tasks:
                  - {task_key: a, max_retries: 1, min_retry_interval_millis: 61000, spark_jar_task: {main_class_name: FAIL_TIMES, parameters: [SEEN, "1"]}}
                """);

        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(run.tasks().get(0).attempts()).isEqualTo(1);
    }

    @Test
    void anInterruptedRunStopsItsTask() throws Exception {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                run("- {task_key: a, spark_jar_task: {main_class_name: HANG, parameters: [SEEN]}}");
                end.complete(null);
            } catch (UserError e) {
                end.complete(e);
            }
        });
        thread.start();
        while (TestTasks.lines(seen).isEmpty()) {
            Thread.sleep(10);
        }
        thread.interrupt();

        assertThat(end.get(10, TimeUnit.SECONDS)).hasMessageContaining("The run was interrupted.");
        assertThat(TestTasks.lines(seen)).containsExactly("tried", "stopped");
    }

    @Test
    void whatDependsOnAFailedTaskDoesNotRun() {
        WorkflowRun run = run("""
                - {task_key: bad, spark_jar_task: {main_class_name: FAIL_AS_USER, parameters: [SEEN]}}
                - {task_key: good, spark_jar_task: {main_class_name: APPEND, parameters: [SEEN, good]}}
                - {task_key: after_bad, depends_on: [{task_key: bad}, {task_key: good}], spark_jar_task: {main_class_name: APPEND, parameters: [SEEN, after_bad]}}
                - {task_key: after_that, depends_on: [{task_key: after_bad}], spark_jar_task: {main_class_name: APPEND, parameters: [SEEN, after_that]}}
                - {task_key: after_good, depends_on: [{task_key: good}], spark_jar_task: {main_class_name: APPEND, parameters: [SEEN, after_good]}}
                """);

        assertThat(outcomes(run))
                .isEqualTo(Map.of(
                        "bad", Outcome.FAILED,
                        "good", Outcome.SUCCEEDED,
                        "after_bad", Outcome.UPSTREAM_FAILED,
                        "after_that", Outcome.UPSTREAM_FAILED,
                        "after_good", Outcome.SUCCEEDED));
        assertThat(TestTasks.lines(seen)).containsExactly("tried", "good", "after_good");
        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void aSqlTaskGetsItsParametersAndTheJobsWhichWin() {
        List<String> calls = new ArrayList<>();
        WorkflowRunner runner = new WorkflowRunner(
                (file, parameters) -> calls.add(file + " " + parameters), new RunListener() {}, NOON);

        List<WorkflowRun> runs = runner.run(read("""
                parameters: [{name: rows, default: "10"}]
                tasks:
                  - task_key: tidy
                    sql_task:
                      file: {path: tidy.sql}
                      warehouse_id: ${var.not_needed_here}
                      parameters: {rows: "1", run: "{{job.run_id}}"}
                """), variables(), Map.of());

        assertThat(calls).containsExactly(sql + " {rows=10, run=" + runs.get(0).runId() + "}");
    }

    @Test
    void aSqlTaskFailsWithWhatTheSqlFailedWith() {
        WorkflowRunner runner = new WorkflowRunner(
                (file, parameters) -> {
                    throw new IllegalStateException("no such table");
                },
                new RunListener() {},
                NOON);

        WorkflowRun run = runner.run(read("""
                tasks: [{task_key: tidy, sql_task: {file: {path: tidy.sql}, warehouse_id: w}}]
                """), variables(), Map.of()).get(0);

        assertThat(run.tasks().get(0).failure().orElseThrow()).hasMessage("no such table");
    }

    @Test
    void aParameterIsSetForTheRun() {
        WorkflowRun run = runner().run(workflow("one", "rows"), variables(), Map.of("rows", "{{job.run_id}}"))
                .get(0);

        assertThat(TestTasks.lines(seen)).containsExactly("one " + run.runId());
    }

    @Test
    void aParameterIsSetWhereItIsKnownInASeriesOfWorkflows() {
        List<Workflow> both = new ArrayList<>(workflow("one", "rows"));
        both.addAll(workflow("two", "day"));

        runner().run(both, variables(), Map.of("rows", "7"));

        assertThat(TestTasks.lines(seen)).containsExactly("one 7", "two none");
    }

    @Test
    void anUnknownParameterIsRefusedBeforeAnythingStarts() {
        assertThatThrownBy(() -> runner().run(workflow("one", "rows"), variables(), Map.of("row", "7")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no job parameter 'row'")
                .hasMessageContaining("The parameters are rows.");
        assertThat(TestTasks.lines(seen)).isEmpty();
    }

    @Test
    void aSeriesStopsAtTheFirstWorkflowThatFails() {
        List<Workflow> notStarted = new ArrayList<>();
        List<Workflow> series = new ArrayList<>(read("""
                tasks: [{task_key: a, spark_jar_task: {main_class_name: FAIL_AS_USER, parameters: [SEEN]}}]
                """));
        series.addAll(workflow("two", "rows"));
        RunListener listener = new RunListener() {
            @Override
            public void runFinished(WorkflowRun run, List<Workflow> left) {
                notStarted.addAll(left);
            }
        };

        List<WorkflowRun> runs = new WorkflowRunner(noSql(), listener, NOON).run(series, variables(), Map.of());

        assertThat(runs).hasSize(1);
        assertThat(notStarted).extracting(Workflow::key).containsExactly("two");
        assertThat(TestTasks.lines(seen)).containsExactly("tried");
    }

    @Test
    void aMistakeInALaterWorkflowIsFoundBeforeTheFirstStarts() {
        List<Workflow> series = new ArrayList<>(workflow("one", "rows"));
        series.addAll(read("""
                tasks: [{task_key: a, spark_jar_task: {main_class_name: no.such.Class}}]
                """));

        assertThatThrownBy(() -> runner().run(series, variables(), Map.of())).isInstanceOf(UserError.class);
        assertThat(TestTasks.lines(seen)).isEmpty();
    }

    private List<Workflow> workflow(String key, String parameter) {
        return TestWorkflows.read(directory, key, TestWorkflows.fill("""
                parameters: [{name: %s, default: "none"}]
                tasks: [{task_key: a, spark_jar_task: {main_class_name: APPEND, parameters: [SEEN, "%s {{job.parameters.%s}}"]}}]
                """.formatted(parameter, key, parameter), seen));
    }

    private WorkflowRun run(String tasks) {
        return runFile("parameters: [{name: rows, default: 10}]\ntasks:\n" + tasks.indent(2));
    }

    private WorkflowRun runFile(String job) {
        return runner().run(read(job), variables(), Map.of()).get(0);
    }

    private List<Workflow> read(String job) {
        return TestWorkflows.read(directory, "job", TestWorkflows.fill(job, seen));
    }

    private LocalVariables variables() {
        return TestWorkflows.variables(directory, "place: at $1 and \\2");
    }

    private static WorkflowRunner runner() {
        return new WorkflowRunner(noSql(), new RunListener() {}, NOON, Duration.ofMillis(200));
    }

    private static SqlTaskRunner noSql() {
        return (file, parameters) -> {
            throw new AssertionError("no SQL expected");
        };
    }

    private static Map<String, Outcome> outcomes(WorkflowRun run) {
        return run.tasks().stream().collect(Collectors.toMap(TaskRun::key, TaskRun::outcome));
    }
}
