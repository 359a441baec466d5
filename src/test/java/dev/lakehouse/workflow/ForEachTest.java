package dev.lakehouse.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.UserError;
import dev.lakehouse.testing.TestLakehouse;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of tasks that are repeated for each input. */
class ForEachTest {
    private static final String TABLES = """
            parameters: [{name: tables, default: '["one", "two \\u00e4", 3, 1.10]'}]
            tasks:
              - task_key: tables
                for_each_task:
                  inputs: "{{job.parameters.tables}}"
                  task:
                    task_key: table
                    spark_jar_task: {main_class_name: APPEND, parameters: [SEEN, "--table={{input}}", "{{ job.run_id }}"]}
            """;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void aTaskRunsOncePerInputInTheirOrder() {
        WorkflowRun run = run(TABLES, Map.of());

        assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(seen())
                .containsExactly(
                        "--table=one|" + run.runId(),
                        "--table=two ä|" + run.runId(),
                        "--table=3|" + run.runId(),
                        "--table=1.10|" + run.runId());
        assertThat(run.tasks().get(0).iterations())
                .extracting(TaskRun::key)
                .containsExactly("tables [one]", "tables [two ä]", "tables [3]", "tables [1.10]");
    }

    @Test
    void inputsOfTheRunReplaceTheDefaults() {
        assertThat(run(TABLES, Map.of("tables", "[\"{{job.run_id}}\", \"$1 \\\\\"]"))
                        .outcome())
                .isEqualTo(Outcome.SUCCEEDED);

        assertThat(seen()).hasSize(2);
        assertThat(seen().get(0)).matches("--table=(\\d+)\\|\\1");
        assertThat(seen().get(1)).startsWith("--table=$1 \\|");
    }

    @Test
    void aReferenceInAnInputIsNotReplaced() {
        assertThat(run(TABLES, Map.of("tables", "[\"{\\u007binput}}\"]")).outcome())
                .isEqualTo(Outcome.SUCCEEDED);

        assertThat(seen().get(0)).startsWith("--table={{input}}|");
    }

    @Test
    void anEmptyArraySucceedsWithoutAnIteration() {
        WorkflowRun run = run(TABLES, Map.of("tables", "[]"));

        assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(run.tasks().get(0).iterations()).isEmpty();
        assertThat(seen()).isEmpty();
    }

    @Test
    void aFailedIterationStopsNeitherTheOthersNorOtherTasksButItsDependents() {
        WorkflowRun run = run("""
                tasks:
                  - task_key: tables
                    for_each_task:
                      inputs: '["one", "no/such/folder", "three"]'
                      task:
                        task_key: table
                        spark_jar_task: {main_class_name: APPEND, parameters: ["SEEN{{input}}", "x"]}
                  - {task_key: after, depends_on: [{task_key: tables}], spark_jar_task: {main_class_name: APPEND, parameters: [SEEN, after]}}
                  - {task_key: other, spark_jar_task: {main_class_name: APPEND, parameters: [SEEN, other]}}
                """);

        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(run.tasks())
                .extracting(TaskRun::outcome)
                .containsExactly(Outcome.FAILED, Outcome.UPSTREAM_FAILED, Outcome.SUCCEEDED);
        assertThat(iterations(run)).containsExactly(Outcome.SUCCEEDED, Outcome.FAILED, Outcome.SUCCEEDED);
        assertThat(run.tasks().get(0).iterations().get(1).failure()).isPresent();
    }

    @Test
    void eachIterationHasItsOwnRetries() {
        WorkflowRun run = run("""
                tasks:
                  - task_key: tables
                    for_each_task:
                      inputs: '["a", "b"]'
                      concurrency: 2
                      task:
                        task_key: table
                        max_retries: 2
                        spark_jar_task: {main_class_name: FAIL_TIMES, parameters: ["SEEN{{input}}", "2"]}
                """);

        assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(run.tasks().get(0).iterations())
                .extracting(TaskRun::attempts)
                .containsExactly(3, 3);
        assertThat(run.tasks().get(0).attempts()).isEqualTo(1);
    }

    @Test
    void asManyIterationsRunAtTheSameTimeAsAreAllowed() {
        TestTasks.Meet.expect(3);
        assertThat(run(meeting(3, "\"a\", \"b\", \"c\", \"d\"")).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void theOutputOfIterationsThatRunAtTheSameTimeIsNotMixed() {
        TestTasks.Meet.expect(3);

        WorkflowRun run = run(meeting(3, "\"a\", \"bad\", \"c\""));

        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
        for (String table : List.of("a", "bad", "c")) {
            assertThat(text())
                    .contains("-- tables [" + table + "]\n  " + table + " starts\n  " + table + " ends\n   tables ["
                            + table + "]: " + (table.equals("bad") ? "failed" : "succeeded") + ", T s\n");
        }
        assertThat(text()).startsWith("""
                == job (run N)
                -- tables
                   up to 3 iterations at the same time
                -- tables [""").endsWith("""
                   tables: failed, T s

                task    outcome  attempts  seconds
                tables  failed          1      T

                iteration     outcome    attempts  seconds
                tables [a]    succeeded         1      T
                tables [bad]  failed            1      T
                tables [c]    succeeded         1      T
                == job: failed, T s

                tables [bad] failed: The table bad is missing.
                  why:  Nobody made it.
                  fix:  Make it.

                """);
    }

    @Test
    void ofManyIterationsThoseThatFailedAreListed() {
        TestTasks.Meet.expect(0);
        String inputs = String.join(
                ", ",
                IntStream.range(0, 25)
                        .mapToObj(i -> "\"" + (i == 7 ? "bad" : "t" + i) + "\"")
                        .toList());

        run(meeting(4, inputs));

        assertThat(text()).contains("""
                iteration     outcome  attempts  seconds
                tables [bad]  failed          1      T
                   24 of 25 iterations of tables succeeded
                == job: failed""");
    }

    @Test
    void anIterationsSettingsAreSeenByNoOther() {
        SparkSession session = TestLakehouse.session();
        String setting = session.conf().get("spark.sql.shuffle.partitions");
        TestTasks.Meet.expect(2);

        WorkflowRun run = run("""
                tasks:
                  - task_key: tables
                    for_each_task:
                      inputs: '[71, 72]'
                      concurrency: 2
                      task:
                        task_key: table
                        spark_jar_task: {main_class_name: SETTLE, parameters: [SEEN, "{{input}}"]}
                  - task_key: again
                    for_each_task:
                      inputs: '[73, 74]'
                      task:
                        task_key: table
                        spark_jar_task: {main_class_name: SETTLE, parameters: [SEEN, "{{input}}"]}
                """);

        assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(seen()).allMatch(line -> line.startsWith(setting + " "));
        assertThat(seen())
                .extracting(line -> line.substring(line.indexOf(' ') + 1))
                .containsExactlyInAnyOrder("71", "72", "73", "74");
        assertThat(session.conf().get("spark.sql.shuffle.partitions")).isEqualTo(setting);
        assertThat(TestLakehouse.session()).isSameAs(session);
        assertThat(session.catalog().tableExists("mine")).isFalse();
    }

    @Test
    void anIterationIsStoppedAtItsOwnLimit() {
        WorkflowRun run = run(hanging("", "timeout_seconds: 1"));

        assertThat(iterations(run)).containsExactly(Outcome.TIMED_OUT, Outcome.TIMED_OUT, Outcome.TIMED_OUT);
        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failure(run, 0)).hasMessageContaining("This is its timeout_seconds");
    }

    @Test
    void theJobsLimitStopsAllIterations() {
        WorkflowRun run = run("timeout_seconds: 1\n" + hanging("", "max_retries: 1"));

        assertThat(run.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(run.tasks()).extracting(TaskRun::outcome).containsExactly(Outcome.TIMED_OUT, Outcome.CANCELED);
        assertThat(iterations(run)).containsExactly(Outcome.TIMED_OUT, Outcome.TIMED_OUT, Outcome.CANCELED);
        assertThat(failure(run, 1)).hasMessageContaining("the job's timeout_seconds");
        assertThat(seen()).containsExactlyInAnyOrder("tried", "tried", "stopped", "stopped");
    }

    @Test
    void theTasksLimitStopsAllIterationsAndNotTheJob() {
        WorkflowRun run = run("timeout_seconds: 60\n" + hanging("timeout_seconds: 1", ""));

        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(run.tasks()).extracting(TaskRun::outcome).containsExactly(Outcome.TIMED_OUT, Outcome.SUCCEEDED);
        assertThat(iterations(run)).containsExactly(Outcome.TIMED_OUT, Outcome.TIMED_OUT, Outcome.CANCELED);
        assertThat(failure(run, 0)).hasMessageContaining("The task tables reached its timeout_seconds");
    }

    @Test
    void nothingStartsBesideAnIterationThatCannotBeStopped() {
        WorkflowRun run = run("""
                tasks:
                  - task_key: tables
                    for_each_task:
                      inputs: '[1, 2]'
                      task: {task_key: table, timeout_seconds: 1, spark_jar_task: {main_class_name: HANG_ON}}
                  - {task_key: other, spark_jar_task: {main_class_name: APPEND, parameters: [SEEN, other]}}
                """);

        assertThat(iterations(run)).containsExactly(Outcome.TIMED_OUT, Outcome.CANCELED);
        assertThat(run.tasks().get(1).outcome()).isEqualTo(Outcome.CANCELED);
    }

    @Test
    void anInterruptedRunStopsItsIterations() throws Exception {
        PrintStream before = System.out;
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                run(hanging("", ""));
                end.complete(null);
            } catch (UserError e) {
                end.complete(e);
            }
        });
        thread.start();
        while (seen().size() < 2) {
            Thread.sleep(10);
        }
        thread.interrupt();

        assertThat(end.get(20, TimeUnit.SECONDS)).hasMessageContaining("The run was interrupted.");
        assertThat(seen()).containsExactlyInAnyOrder("tried", "tried", "stopped", "stopped");
        assertThat(text()).contains("-- tables [1]\n", "-- tables [2]\n");
        assertThat(System.out).isSameAs(before);
    }

    @Test
    void aSqlTaskRunsForEachInput() {
        TestWorkflows.writeFile(directory, "tidy.sql", "SELECT 1");

        run("""
                parameters: [{name: day, default: today}]
                tasks:
                  - task_key: tables
                    for_each_task:
                      inputs: '["a", "b"]'
                      task: {task_key: table, sql_task: {file: {path: tidy.sql}, parameters: {table: "{{input}}"}}}
                """);

        assertThat(seen()).containsExactly("{table=a, day=today}", "{table=b, day=today}");
    }

    private static String meeting(int concurrency, String inputs) {
        return """
                tasks:
                  - task_key: tables
                    for_each_task:
                      inputs: '[%s]'
                      concurrency: %d
                      task: {task_key: table, spark_jar_task: {main_class_name: MEET, parameters: ["{{input}}"]}}
                """.formatted(inputs, concurrency);
    }

    /** Three iterations, two at a time, that end when they are stopped, and a task after them. */
    private static String hanging(String ofTask, String ofIteration) {
        return """
                tasks:
                  - task_key: tables
                    %s
                    for_each_task:
                      inputs: '[1, 2, 3]'
                      concurrency: 2
                      task:
                        task_key: table
                        %s
                        spark_jar_task: {main_class_name: HANG, parameters: [SEEN]}
                  - {task_key: other, spark_jar_task: {main_class_name: APPEND, parameters: [SEENother, other]}}
                """.formatted(ofTask, ofIteration);
    }

    private WorkflowRun run(String job) {
        return run(job, Map.of());
    }

    /** Runs a job with what it prints, and its report, in {@link #printed}. */
    private WorkflowRun run(String job, Map<String, String> parameters) {
        PrintStream before = System.out;
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(out);
        try {
            SqlTaskRunner sql = (file, values) -> TestTasks.Append.main(new String[] {seenFile(), values.toString()});
            return new WorkflowRunner(sql, new ConsoleReport(out, false), Clock.systemUTC(), Duration.ofMillis(500))
                    .run(
                            TestWorkflows.read(directory, "job", TestWorkflows.fill(job, Path.of(seenFile()))),
                            TestWorkflows.variables(directory, "x: 1"),
                            parameters)
                    .get(0);
        } finally {
            System.setOut(before);
        }
    }

    private String seenFile() {
        return directory.resolve("seen").toString();
    }

    private List<String> seen() {
        return TestTasks.lines(Path.of(seenFile()));
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8)
                .replaceAll("run [0-9]{16}\\)", "run N)")
                .replaceAll("[0-9]+\\.[0-9]( s)?", "T$1")
                .replace(System.lineSeparator(), "\n");
    }

    private static List<Outcome> iterations(WorkflowRun run) {
        return run.tasks().get(0).iterations().stream().map(TaskRun::outcome).toList();
    }

    private static Throwable failure(WorkflowRun run, int iteration) {
        return run.tasks().get(0).iterations().get(iteration).failure().orElseThrow();
    }
}
