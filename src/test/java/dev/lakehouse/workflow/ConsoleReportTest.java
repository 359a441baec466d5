package dev.lakehouse.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleReportTest {

    @TempDir
    private Path directory;

    @Test
    void aRunIsReportedTaskByTaskAndInATable() {
        TestWorkflows.writeFile(directory, "tidy.sql", "SELECT 1");

        assertThat(report("""
                parameters: [{name: rows, default: "10"}]
                tasks:
                  - {task_key: first, max_retries: 1, spark_jar_task: {main_class_name: FAIL_TIMES, parameters: [SEEN, "1"]}}
                  - {task_key: second_task, depends_on: [{task_key: first}], sql_task: {file: {path: tidy.sql}}}
                  - {task_key: third, depends_on: [{task_key: first}], sql_task: {file: {path: tidy.sql}, parameters: {text: two words}}}
                """)).isEqualTo("""
                == one (run N)
                   parameters: rows=10
                -- first
                   dev.lakehouse.workflow.TestTasks$FailTimes SEEN 1
                   first failed: java.lang.IllegalStateException: not yet
                   another attempt follows in T s
                -- first (attempt 2)
                   dev.lakehouse.workflow.TestTasks$FailTimes SEEN 1
                   first: succeeded, T s
                -- second_task
                   tidy.sql rows=10
                   second_task: succeeded, T s
                -- third
                   tidy.sql 'text=two words' rows=10
                   third: succeeded, T s

                task         outcome    attempts  seconds
                first        succeeded         2      T
                second_task  succeeded         1      T
                third        succeeded         1      T
                == one: succeeded, T s

                """);
    }

    @Test
    void parametersAreLeftOutUnlessTheyAreAskedFor() {
        assertThat(report("""
                parameters: [{name: rows, default: "10"}]
                tasks: [{task_key: a, spark_jar_task: {main_class_name: APPEND, parameters: [SEEN, b]}}]
                """, false)).startsWith("""
                == one (run N)
                -- a
                   a: succeeded, T s
                """);
    }

    @Test
    void aUsersErrorIsSaidLastInItsThreeParts() {
        assertThat(report("""
                tasks:
                  - {task_key: bad, spark_jar_task: {main_class_name: FAIL_AS_USER, parameters: [SEEN]}}
                  - {task_key: next, depends_on: [{task_key: bad}], spark_jar_task: {main_class_name: APPEND, parameters: [SEEN]}}
                """)).endsWith("""
                -- next: upstream failed

                task  outcome          attempts  seconds
                bad   failed                  1      T
                next  upstream failed         0      T
                == one: failed, T s
                == two: not started

                bad failed: The bucket is missing.
                  why:  Nobody made it.
                  fix:  Make it.

                """);
    }

    @Test
    void aReasonThatManyIterationsShareIsSaidOnce() {
        assertThat(report("""
                tasks:
                  - task_key: tables
                    for_each_task:
                      inputs: '["a", "b", "c", "d", "e", "f", "g"]'
                      task:
                        task_key: table
                        spark_jar_task: {main_class_name: FAIL_AS_USER, parameters: [SEEN]}
                """)).endsWith("""

                tables [a], tables [b], tables [c], tables [d], tables [e] and 2 more failed: The bucket is missing.
                  why:  Nobody made it.
                  fix:  Make it.

                """);
    }

    @Test
    void aDefectIsSaidLastWithAHintAtTheLog() {
        assertThat(report("""
                tasks:
                  - {task_key: bad, spark_jar_task: {main_class_name: FAIL_TIMES, parameters: [SEEN, "9"]}}
                """)).endsWith("""

                bad failed: java.lang.IllegalStateException: not yet
                  see the log for the stack trace

                """);
    }

    @Test
    void manyParametersAreBrokenIntoLinesWithNothingLeftOut() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            words.add("--option-" + i + "=value");
        }

        String report =
                report("tasks: [{task_key: a, spark_jar_task: {main_class_name: APPEND, parameters: [SEEN, \"\", "
                        + String.join(", ", words) + "]}}]");

        assertThat(report.lines()).allMatch(line -> line.length() <= 100);
        assertThat(report.split("\\s+")).containsSubsequence(words).contains("''");
    }

    @Test
    void anOptionAndItsValueStayOnOneLine() {
        String value = "v".repeat(85);

        assertThat(report("""
                tasks: [{task_key: a, spark_jar_task: {main_class_name: APPEND, parameters: [SEEN, b, --flag, --first, %s, --second, "c d"]}}]
                """.formatted(value)))
                .contains("$Append SEEN b --flag\n     --first " + value + "\n     --second 'c d'\n");
    }

    /** What is printed of a run of this job and then of another; numbers that differ between runs as letters. */
    private String report(String job) {
        return report(job, true);
    }

    private String report(String job, boolean withParameters) {
        Path seen = directory.resolve("seen");
        List<Workflow> workflows = new ArrayList<>(TestWorkflows.read(directory, "one", TestWorkflows.fill(job, seen)));
        workflows.addAll(TestWorkflows.read(directory, "two", TestWorkflows.fill("""
                tasks: [{task_key: a, spark_jar_task: {main_class_name: APPEND, parameters: [SEEN, b]}}]
                """, seen)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ConsoleReport report = new ConsoleReport(new PrintStream(bytes, true, StandardCharsets.UTF_8), withParameters);
        new WorkflowRunner((file, parameters) -> {}, report, Clock.systemUTC())
                .run(workflows, TestWorkflows.variables(directory, "x: 1"), Map.of());
        return bytes.toString(StandardCharsets.UTF_8)
                .replace(seen.toString(), "SEEN")
                .replaceAll("run [0-9]{16}\\)", "run N)")
                .replaceAll("[0-9]+\\.[0-9]( s)?", "T$1")
                .replaceAll("(?s)== two \\(run.*", "")
                .replace(System.lineSeparator(), "\n");
    }
}
