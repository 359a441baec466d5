package dev.lakehouse.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkflowCheckTest {
    private static final String RIGHT = """
            name: shop ${bundle.target}
            parameters: [{name: rows, default: "${var.rows}"}]
            tasks:
              - task_key: a
                spark_jar_task: {main_class_name: HANG, parameters: [x, "${var.rows}"]}
              - task_key: b
                depends_on: [{task_key: a}]
                sql_task: {file: {path: tidy.sql}, parameters: {x: "{{job.run_id}}"}}
              - task_key: c
                depends_on: [{task_key: b}]
                spark_jar_task: {main_class_name: APPEND, parameters: ["{{job.run_id}}", "{{job.parameters.rows}}"]}
            """;

    @TempDir
    private Path directory;

    @Test
    void variablesAreReplacedInEverythingThatRuns() {
        Workflow checked = check(RIGHT);

        assertThat(checked.name()).isEqualTo("shop local");
        assertThat(checked.parameters()).isEqualTo(Map.of("rows", "10"));
        assertThat(checked.tasks().get(0).work())
                .isEqualTo(new TaskSpec.Jar(TestTasks.name(TestTasks.Hang.class), List.of("x", "10")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "HANG > no.such.Task > task a: the main class no.such.Task cannot be loaded",
                "HANG > java.lang.String > task a: the class java.lang.String has no public static main",
                "tidy.sql > untidy.sql > task b: there is no SQL file",
                "'x, \"${var.rows}\"' > '\"${var.row}\"' > task a: the variable ${var.row} has no value here",
                "default: \"${var.rows}\" > default: \"${var.row}\" > parameter rows: the variable ${var.row} has no",
                "shop ${bundle.target} > shop ${workspace.host} > job shop, name: ${workspace.host} is not supported",
                "path: tidy.sql > path: \"${resources.x}\" > task b: ${resources.x} is not supported",
                "main_class_name: HANG > main_class_name: \"${var.main}\" > task a: the variable ${var.main} has",
                "{x: \"{{job.run_id > {x: \"${var.none}{{job.run_id > task b: the variable ${var.none} has no value",
                "parameters.rows}} > parameters.row}} > task c: there is no job parameter 'row'",
                "{x: \"{{job.run_id > {x: \"{{job.start_time.iso_date > task b: the reference {{job.start_time.iso_date}} is not",
                "{x: \"{{job.run_id > {x: \"{{tasks.a.values.x > task b: the reference {{tasks.a.values.x}} is not",
                "{{job.run_id}}\\, > {{job.id}}\\, > task c: the reference {{job.id}} is not supported",
                "default: \"${var.rows}\" > default: \"{{tasks.a.values.x}}\" > the reference {{tasks.a.values.x}} is not",
                "default: \"${var.rows}\" > default: \"{{job.parameters.x}}\" > '{{job.parameters.x}}' cannot be resolved",
            })
    void aBrokenCopyIsRefused(String from, String to, String message) {
        String what = from.replace("\\,", "\",");
        assertThat(RIGHT).contains(what);

        assertThatThrownBy(() -> check(RIGHT.replace(what, to.replace("\\,", "\","))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("shop.yml, job shop")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "'--rows=7, ' > '--rows=7, --row=7, ' > Unknown option: '--row=7'",
                "--rows=7 > --rows=many > Invalid value for option '--rows': 'many' is not an int",
                "--rows=7 > --run-id=7 > Missing required option: '--rows",
                "'--rows=7, ' > '--rows=7, --rows=8, ' > option '--rows' (<rows>) should be specified only once",
                "'--rows=7, ' > '--rows=7, surplus, ' > Unmatched argument: 'surplus'",
                "{{job.parameters.until}} > soon > Invalid value for option '--now'",
                "2026-11-20T00:00:00Z > tomorrow > Invalid value for option '--now'",
            })
    void argumentsThatATasksClassDoesNotAcceptAreRefused(String from, String to, String message) {
        String right = """
                parameters: [{name: until, default: "2026-11-20T00:00:00Z"}]
                tasks:
                  - task_key: a
                    spark_jar_task: {main_class_name: COUNT, parameters: [--rows=7, "--now={{job.parameters.until}}"]}
                """;
        assertThat(right).contains(from);
        assertThat(check(right).tasks()).hasSize(1);

        assertThatThrownBy(() -> check(right.replace(from, to)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("shop.yml, job shop, task a: " + TestTasks.name(TestTasks.Count.class)
                        + " does not accept its parameters.")
                .hasMessageContaining(message);
    }

    @Test
    void argumentsAreTriedWithTheParametersThatARunIsGiven() {
        String job = """
                parameters: [{name: rows, default: ""}]
                tasks:
                  - task_key: a
                    spark_jar_task: {main_class_name: COUNT, parameters: ["--rows={{job.parameters.rows}}"]}
                """;

        assertThat(check(job, Map.of("rows", "7")).tasks()).hasSize(1);
        assertThatThrownBy(() -> check(job)).hasMessageContaining("'' is not an int");
        assertThatThrownBy(() -> check(job, Map.of("rows", "all"))).hasMessageContaining("'all' is not an int");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "[1] > [1 > task tables: the inputs are not a JSON array > They are '[1'",
                "[1] > 1 > task tables: the inputs are not a JSON array > They are '1'",
                "[1] > '' > task tables: the inputs are not a JSON array > They are ''",
                "[1] > [1] 2 > task tables: the inputs are not a JSON array > They are '[1] 2'",
                "[1] > [1, {\"table\": 2}] > task tables: the inputs are not supported here > Input 2 is an object",
                "[1] > [[1]] > task tables: the inputs are not supported here > Input 1 is an array",
                "[1] > [true] > task tables: the inputs are not supported here > Input 1 is true",
                "[1] > [null] > task tables: the inputs are not supported here > Input 1 is null",
                "[1] > [1, \"x\"] > task tables [x]: > 'x' is not an int",
                "{{job.parameters.all > {{input > task tables: the reference {{input}} is not supported > job.run_id",
                "{{job.parameters.all > {{job.parameters.al > task tables: there is no job parameter 'al' > all",
                "{{input}} > {{input.table}} > task tables, task table: the reference {{input.table}} is not > are input,",
                "{{input}} > {{job.parameters.x}} > task tables, task table: there is no job parameter 'x' > all",
                "{{input}} > ${var.x} > task tables: the variable ${var.x} has no value > variables of",
                "COUNT > no.such.Task > task tables, task table: the main class no.such.Task cannot > no such class",
                "{{job.run_id}} > {{input}} > task other: the reference {{input}} is not supported > job.run_id",
            })
    void aBrokenForEachTaskIsRefused(String from, String to, String message, String cause) {
        String right = """
                parameters: [{name: all, default: '[1]'}]
                tasks:
                  - task_key: tables
                    for_each_task:
                      inputs: "{{job.parameters.all}}"
                      task:
                        task_key: table
                        spark_jar_task: {main_class_name: COUNT, parameters: ["--rows={{input}}"]}
                  - task_key: other
                    spark_jar_task: {main_class_name: APPEND, parameters: ['{{job.run_id}}']}
                """;
        assertThat(right).contains(from);
        assertThat(check(right).tasks()).hasSize(2);

        assertThatThrownBy(() -> check(right.replace(from, to)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("shop.yml, job shop, " + message)
                .hasMessageContaining(cause);
    }

    @Test
    void inputsAreCheckedAsARunIsGivenThem() {
        String job = """
                parameters: [{name: all, default: ""}]
                tasks:
                  - task_key: tables
                    for_each_task:
                      inputs: "{{job.parameters.all}}"
                      task: {task_key: table, spark_jar_task: {main_class_name: APPEND, parameters: ["{{input}}"]}}
                """;
        String longest = "[" + "1,".repeat(2_498) + "10]";

        assertThat(longest).hasSize(5_000);
        assertThat(check(job, Map.of("all", longest)).tasks()).hasSize(1);
        assertThatThrownBy(() -> check(job, Map.of("all", longest + " ")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("task tables: the inputs are too long")
                .hasMessageContaining("5001 characters");
    }

    private Workflow check(String job) {
        return check(job, Map.of());
    }

    private Workflow check(String job, Map<String, String> parameters) {
        TestWorkflows.writeFile(directory, "tidy.sql", "SELECT 1");
        String text = TestWorkflows.fill(job, directory.resolve("seen"));
        Workflow workflow = TestWorkflows.read(directory, "shop", text).get(0);
        return WorkflowCheck.check(workflow, TestWorkflows.variables(directory, "rows: 10"), parameters);
    }
}
