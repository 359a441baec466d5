package dev.lakehouse.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lakehouse.UserError;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowsTest {
    private static final String TASKS = "tasks: [{task_key: a, spark_jar_task: {main_class_name: a.B}}]\n";

    @TempDir
    private Path directory;

    @Test
    void aProductStandsForItsWorkflowsInOrder() {
        write("a_load", "tags: {product: shop, runs_after: b_check}\n");
        write("b_check", "tags: {product: shop, runs_after: z_extract}\n");
        write("z_extract", "tags: {product: shop}\n");
        write("other", "tags: {product: toys}\n");
        write("alone", "");

        Workflows workflows = Workflows.read(directory);

        assertThat(workflows.find("shop")).extracting(Workflow::key).containsExactly("z_extract", "b_check", "a_load");
        assertThat(workflows.find("b_check")).extracting(Workflow::key).containsExactly("b_check");
        assertThat(workflows.find("alone")).extracting(Workflow::key).containsExactly("alone");
        assertThat(workflows.all())
                .extracting(Workflow::key)
                .containsExactly("a_load", "alone", "b_check", "other", "z_extract");
    }

    @Test
    void someTasksOfAProductAreItsWorkflowsWithoutTheOthers() {
        TestWorkflows.writeFile(directory, "shop.yml", """
                resources:
                  jobs:
                    extract:
                      tags: {product: shop}
                      tasks:
                        - {task_key: read, spark_jar_task: {main_class_name: a.B}}
                    load:
                      tags: {product: shop, runs_after: extract}
                      tasks:
                        - {task_key: write, spark_jar_task: {main_class_name: a.B}}
                        - {task_key: check, depends_on: [{task_key: write}], spark_jar_task: {main_class_name: a.B}}
                        - {task_key: tidy, depends_on: [{task_key: check}], spark_jar_task: {main_class_name: a.B}}
                """);
        Workflows workflows = Workflows.read(directory);

        assertThat(workflows.find("shop", List.of("tidy", "check")))
                .singleElement()
                .satisfies(load -> assertThat(load.tasks())
                        .extracting(WorkflowTask::key, WorkflowTask::dependsOn)
                        .containsExactly(tuple("check", List.of()), tuple("tidy", List.of("check"))));
        assertThat(workflows.find("shop", List.of())).isEqualTo(workflows.find("shop"));
        assertThatThrownBy(() -> workflows.find("load", List.of("check", "read")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("There is no task 'read' in load.")
                .hasMessageContaining("Its tasks are check, tidy, write.");
    }

    @Test
    void aNameThatIsNeitherIsAnsweredByWhatThereIs() {
        write("extract", "tags: {product: shop}\n");
        write("alone", "");
        Workflows workflows = Workflows.read(directory);

        assertThatThrownBy(() -> workflows.find("shops"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no product or workflow 'shops'")
                .hasMessageContaining("Products are shop; workflows are alone, extract.");
    }

    @Test
    void twoWorkflowsOfOneNameAreRefused() {
        write("extract", "");
        TestWorkflows.writeFile(directory, "more.yaml", "resources: {jobs: {extract: {" + TASKS.strip() + "}}}");

        assertThatThrownBy(() -> Workflows.read(directory))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Two workflows are named extract.")
                .hasMessageContaining("extract.yml")
                .hasMessageContaining("more.yaml");
    }

    @Test
    void aFileThatCannotRunHereIsRefusedAndTheOthersAreThere() {
        TestWorkflows.write(directory, "extract", "tags: {product: shop}\ntasks: [{task_key: a, notebook_task: {}}]\n");
        write("load", "tags: {product: shop, runs_after: extract}\n");
        write("alone", "");

        List<UserError> refused = new ArrayList<>();
        Workflows workflows = Workflows.read(directory, refused::add);

        assertThat(workflows.all()).extracting(Workflow::key).containsExactly("alone", "load");
        assertThat(refused).singleElement().satisfies(error -> assertThat(error.problem())
                .contains("extract.yml")
                .containsPattern("\\(line \\d+\\)")
                .contains("notebook_task"));
    }

    @Test
    void whereAllFilesCanBeReadAWrongOrderIsRefused() {
        write("a", "tags: {product: shop, runs_after: b}\n");
        write("b", "tags: {product: shop, runs_after: a}\n");

        List<UserError> refused = new ArrayList<>();
        Workflows workflows = Workflows.read(directory, refused::add);

        assertThat(workflows.all()).hasSize(2);
        assertThat(refused).singleElement().satisfies(error -> assertThat(error.problem())
                .isEqualTo("The workflows of shop run after each other in a cycle."));
    }

    @Test
    void runsAfterNamesAWorkflowOfTheSameProduct() {
        write("extract", "tags: {product: toys}\n");
        write("load", "tags: {product: shop, runs_after: extract}\n");

        assertThatThrownBy(() -> Workflows.read(directory))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("job load runs after 'extract', which is not a workflow of its product");
    }

    @Test
    void workflowsThatRunAfterEachOtherAreRefused() {
        write("a", "tags: {product: shop, runs_after: b}\n");
        write("b", "tags: {product: shop, runs_after: a}\n");
        write("c", "tags: {product: shop}\n");

        assertThatThrownBy(() -> Workflows.read(directory))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("The workflows of shop run after each other in a cycle.")
                .hasMessageContaining("a, b wait");
    }

    @Test
    void aDirectoryThatIsMissingOrEmptyIsTheUsersError() {
        TestWorkflows.writeFile(directory, "notes.txt", "none");

        assertThatThrownBy(() -> Workflows.read(directory))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("There are no workflows in " + directory);
        assertThatThrownBy(() -> Workflows.read(directory.resolve("none")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot be read from");
    }

    @Test
    void theListingSaysWhatStartsAWorkflowAndWhatIsIgnoredHere() {
        write("shop_extract", """
                tags: {product: shop}
                schedule: {quartz_cron_expression: "0 0 3 * * ?", timezone_id: UTC, pause_status: PAUSED}
                parameters: [{name: rows, default: "1"}, {name: day, default: ""}]
                """);
        TestWorkflows.write(directory, "shop_load", """
                tags: {product: shop, runs_after: shop_extract}
                queue: {enabled: true}
                trigger: {file_arrival: {url: "${var.landing}/_manifests/"}}
                tasks:
                  - {task_key: second, depends_on: [{task_key: first}], libraries: [], spark_jar_task: {main_class_name: a.B}}
                  - {task_key: first, libraries: [], spark_jar_task: {main_class_name: a.B}}
                """);

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WorkflowListing.print(Workflows.read(directory), new PrintStream(bytes, true, StandardCharsets.UTF_8));

        String parent = directory.getFileName().toString();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("""
                shop_extract (%1$s/shop_extract.yml)
                  product   shop
                  starts    schedule {quartz_cron_expression: 0 0 3 * * ?, timezone_id: UTC, pause_status: PAUSED}
                  tasks     a
                  settable  rows, day
                  ignored   schedule

                shop_load (%1$s/shop_load.yml)
                  product   shop, after shop_extract
                  starts    trigger {file_arrival: {url: ${var.landing}/_manifests/}}
                  tasks     first, second
                  ignored   queue, trigger, tasks.libraries

                (settable: by run NAME --set; ignored: settings for Databricks only)
                """.formatted(parent));
    }

    private void write(String key, String settings) {
        TestWorkflows.write(directory, key, settings + TASKS);
    }
}
