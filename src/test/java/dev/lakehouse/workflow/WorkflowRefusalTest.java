package dev.lakehouse.workflow;

import static dev.lakehouse.workflow.TestWorkflows.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Broken copies of a workflow file, each refused by a message that names what is wrong and where. */
class WorkflowRefusalTest {
    private static final String EACH = """
            resources:
              jobs:
                small:
                  tasks:
                    - task_key: tables
                      description: all of them
                      for_each_task:
                        inputs: "[1, 2]"
                        concurrency: 2
                        task:
                          task_key: table
                          description: one of them
                          spark_jar_task:
                            main_class_name: a.B
            """;

    private static final String SQL = """
            resources:
              jobs:
                small:
                  tasks:
                    - task_key: a
                      sql_task:
                        SETTING
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "notebook_task: {notebook_path: a}",
                "condition_task: {op: EQUAL_TO}",
                "run_job_task: {job_id: 1}",
                "disabled: true",
                "run_if: ALL_SUCCESS",
                "retry_on_timeout: false",
                "disable_auto_optimization: true",
                "timeout: 3",
                "MAX_RETRIES: 3",
                "<<: {}"
            })
    void aTasksSettingThatIsNotDoneHereIsRefusedByName(String setting) {
        String key = setting.substring(0, setting.indexOf(':'));

        assertRefused(
                SMALL.replace("- task_key: second", "- task_key: second\n          " + setting),
                "shop/small.yml, job small, task second: '" + key + "' (line 12) is not supported here.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"git_source: {git_url: x}", "git_source: null", "task: []", "existing_cluster_id: x"})
    void aJobsSettingThatIsNotDoneHereIsRefusedByName(String setting) {
        String key = setting.substring(0, setting.indexOf(':'));

        assertRefused(
                SMALL.replace("    small:\n", "    small:\n      " + setting + "\n"),
                "shop/small.yml, job small: '" + key + "' (line 4) is not supported here.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "resources: > targets: {}\\nresources: > small.yml: 'targets' (line 1) is not supported",
                "  jobs: >   pipelines: {}\\n  jobs: > small.yml, resources: 'pipelines' (line 2) is not supported",
                "default: \"10\" > value: 10 > 'value' (line 6) is not supported",
                "main_class_name: shop.First > main_class_name: a\\n            jar_uri: b > 'jar_uri' (line 11) is not",
                "'depends_on:\\n            - task_key: first' > 'depends_on:\\n            - task_key: first\\n              outcome: \"true\"' > has an outcome",
            })
    void anUnknownSettingElsewhereIsRefusedByName(String from, String to, String message) {
        assertRefused(replace(SMALL, from, to), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "task_key: second > task_key: first > two tasks named 'first'",
                "task_key: second > task_key: the second > 'the second' cannot be a key",
                "'    small:' > '    sm.all:' > 'sm.all' cannot be a key",
                "'- task_key: second' > '- max_retries: 1' > has a task without task_key",
                "'depends_on:\\n            - task_key: first' > 'depends_on:\\n            - task_key: nobody' > task second depends on 'nobody'",
                "main_class_name: shop.First > parameters: [] > has no main_class_name",
                "main_class_name: shop.First > main_class_name: > main_class_name (line 10) is not text",
                "main_class_name: shop.First > main_class_name: a\\n            parameters: x > parameters (line 11) is not a list",
                "main_class_name: shop.First > main_class_name: a\\n            parameters: [a, null] > is not text",
                "name: rows > name: ro ws > a parameter named 'ro ws'",
                "default: \"10\" > default: > default (line 6) is not text",
                "- task_key: second > - task_key: second\\n          max_retries: many > max_retries (line 12) is 'many'",
                "- task_key: second > - task_key: second\\n          max_retries: -2 > max_retries (line 12) is '-2'",
                "- task_key: second > - task_key: second\\n          max_retries: ${var.x} > max_retries (line 12) is '${var.x}'",
                "- task_key: second > - task_key: second\\n          timeout_seconds: -1 > timeout_seconds (line 12) is '-1'",
                "- task_key: second > - task_key: second\\n          sql_task: {} > task second (line 11) has two kinds of work",
            })
    void aBrokenCopyIsRefused(String from, String to, String message) {
        assertRefused(replace(SMALL, from, to), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "query: {query_id: a} > 'query' (line 7) is not supported",
                "'file: {path: a.sql, source: GIT}' > source (line 7) is 'GIT'",
                "'file: {}' > file (line 7) has no path",
                "'parameters: {}' > has no file",
                "'file: {path: a.sql}\\n            parameters: {a: [1]}' > parameters, a (line 8) is not text",
            })
    void aBrokenSqlTaskIsRefused(String setting, String message) {
        assertRefused(replace(SQL, "SETTING", setting), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "inputs: \"[1, 2]\" > inputs: [1] > for_each_task, inputs (line 8) is a list",
                "inputs: \"[1, 2]\" > inputs: > for_each_task, inputs (line 8) is not text",
                "inputs: \"[1, 2]\" > concurrency: 3 > 'concurrency' is given twice",
                "'inputs: \"[1, 2]\"\\n            ' > '' > task tables, for_each_task (line 8) has no inputs",
                "concurrency: 2 > concurrency: 0 > for_each_task, concurrency (line 9) is '0'",
                "concurrency: 2 > concurrency: 101 > for_each_task, concurrency (line 9) is 101",
                "concurrency: 2 > concurrency: ${var.x} > for_each_task, concurrency (line 9) is '${var.x}'",
                "concurrency: 2 > name: x > for_each_task: 'name' (line 9) is not supported",
                "description: all of them > max_retries: 1 > max_retries (line 6) is a setting of a for_each_task",
                "description: all of them > min_retry_interval_millis: 1 > Move it into the task of the for_each_task",
                "description: one of them > depends_on: [] > task, task table: 'depends_on' (line 12) is not supported",
                "description: one of them > run_if: ALL_DONE > task, task table: 'run_if' (line 12) is not supported",
                "description: one of them > for_each_task: {} > task, task table: 'for_each_task' (line 12) is not supp",
                "'task_key: table\\n' > 'task_key: the table\\n' > 'the table' cannot be a key",
                "spark_jar_task: > spark_jar: > task, task table: 'spark_jar' (line 14) is not supported",
                "description: one of them > sql_task: {} > task table (line 11) has two kinds of work",
            })
    void aBrokenForEachTaskIsRefused(String from, String to, String message) {
        assertRefused(replace(EACH, from, to), message);
    }

    @Test
    void aForEachTaskThatIsRightIsRead() {
        Workflow workflow = read(EACH);

        assertThat(workflow.tasks().get(0).work()).isInstanceOf(TaskSpec.ForEach.class);
        assertThat(workflow.ignored()).containsExactly("tasks.description");
    }

    @Test
    void aTaskThatDoesNothingIsRefused() {
        assertRefused(
                "resources: {jobs: {small: {tasks: [{task_key: idle}]}}}",
                "shop/small.yml, job small, task idle (line 1) has no work.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "resources: {jobs: {small: {tasks: []}}} > tasks (line 1) is empty",
                "resources: {jobs: {small: {}}} > job small (line 1) has no tasks",
                "resources: {jobs: {}} > defines no job",
                "resources: {} > has no jobs",
                "resources: > is not a mapping",
                "[] > shop/small.yml (line 1) is not a mapping",
            })
    void aFileWithoutTasksIsRefused(String text, String message) {
        assertRefused(text, message);
    }

    @Test
    void tasksThatDependOnEachOtherInACircleAreNamed() {
        assertRefused("""
                resources:
                  jobs:
                    small:
                      tasks:
                        - {task_key: free, spark_jar_task: {main_class_name: a.B}}
                        - {task_key: later, depends_on: [{task_key: free}, {task_key: a}], spark_jar_task: {main_class_name: a.B}}
                        - {task_key: a, depends_on: [{task_key: b}], spark_jar_task: {main_class_name: a.B}}
                        - {task_key: b, depends_on: [{task_key: free}, {task_key: a}], spark_jar_task: {main_class_name: a.B}}
                """, "a depends on b depends on a.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "'  jobs:' > '  jobs: [' > cannot be read at line 4, column 17",
                "'parameters:' > 'parameters: \"' > cannot be read at line",
                "'    - name: rows' > '\\t- name: rows' > cannot be read at line 5, column 5",
                "'default: \"10\"' > 'default: \"10\"\\n          default: \"11\"' > at line 7, column 11",
                "'default: \"10\"' > 'default: *nothing' > cannot be read at line 6",
            })
    void unreadableYamlIsNamedByLineAndColumn(String from, String to, String message) {
        assertRefused(replace(SMALL, from, to), message);
    }

    @Test
    void aKeyGivenTwiceIsRefusedWhereverItStands() {
        assertRefused(
                SMALL.replace("    small:\n", "    small:\n      queue: {enabled: true, enabled: false}\n"),
                "the key 'enabled' is given twice");
    }

    @Test
    void anEmptyFileIsRefused() {
        assertRefused("# nothing\n", "shop/small.yml cannot be read.");
    }

    @Test
    void aSecondDocumentIsRefused() {
        assertRefused(SMALL + "---\n" + SMALL, "cannot be read at line 16");
    }

    @Test
    void aFileThatIsNotTextIsRefused() throws Exception {
        Path file = file("");
        Files.write(file, "resources: \u00e4".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> WorkflowReader.read(file))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("it is not UTF-8 text");
    }

    private void assertRefused(String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(UserError.class).hasMessageContaining(message);
    }

    private Workflow read(String text) {
        return WorkflowReader.read(file(text)).get(0);
    }

    private Path file(String text) {
        try {
            Path shop = Files.createDirectories(directory.resolve("shop"));
            return TestWorkflows.writeFile(shop, "small.yml", text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A broken copy; fails where there is nothing to break. */
    private static String replace(String text, String from, String to) {
        String what = from.replace("\\n", "\n").replace("\\t", "\t");
        assertThat(text).contains(what);
        return text.replaceFirst(
                Pattern.quote(what),
                Matcher.quoteReplacement(to.replace("\\n", "\n").replace("\\t", "\t")));
    }
}
