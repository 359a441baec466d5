package dev.lakehouse.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkflowReaderTest {
    /** A job with everything that a deployed one has. */
    private static final String COMPLETE = """
            resources:
              jobs:
                shop_load:
                  name: shop_load_${bundle.target}
                  description: Loads the shop.
                  tags: {product: shop, runs_after: shop_extract, owner: data}
                  schedule:
                    quartz_cron_expression: 0 30 2 * * ?
                    timezone_id: Europe/Vienna
                    pause_status: ${var.pause}
                  queue: {enabled: true}
                  max_concurrent_runs: 1
                  timeout_seconds: 7200
                  email_notifications: {on_failure: ["${var.mail}"]}
                  health: {rules: [{metric: RUN_DURATION_SECONDS, op: GREATER_THAN, value: 3600}]}
                  run_as: {service_principal_name: "${var.principal}"}
                  permissions: ${var.permissions}
                  job_clusters: [{job_cluster_key: main, new_cluster: "${var.cluster}"}]
                  parameters:
                    - name: version
                      default: 1.10
                    - name: as_of
                      default: ""
                  tasks:
                    - task_key: load
                      job_cluster_key: main
                      libraries: [{jar: ../target/lakehouse.jar}]
                      max_retries: 2
                      min_retry_interval_millis: 60000
                      timeout_seconds: 3600
                      spark_jar_task:
                        main_class_name: shop.Load
                        parameters: [--rows, 0010, "--day={{job.parameters.as_of}}"]
                    - task_key: tidy
                      depends_on: [{task_key: load}]
                      sql_task:
                        warehouse_id: ${resources.sql_warehouses.main.id}
                        file: {path: ../schemas/shop/tidy.sql, source: WORKSPACE}
                        parameters: {keep: 30}
            """;

    @TempDir
    private Path directory;

    @Test
    void everythingThatRunsIsRead() {
        Workflow workflow = read(COMPLETE);

        assertThat(workflow.key()).isEqualTo("shop_load");
        assertThat(workflow.name()).isEqualTo("shop_load_${bundle.target}");
        assertThat(workflow.product()).contains("shop");
        assertThat(workflow.runsAfter()).contains("shop_extract");
        assertThat(workflow.timeout()).isEqualTo(Duration.ofHours(2));
        assertThat(workflow.starts())
                .isEqualTo(
                        "schedule {quartz_cron_expression: 0 30 2 * * ?, timezone_id: Europe/Vienna, pause_status: ${var.pause}}");
        assertThat(workflow.tasks())
                .containsExactly(
                        new WorkflowTask(
                                "load",
                                List.of(),
                                new TaskSpec.Jar(
                                        "shop.Load", List.of("--rows", "0010", "--day={{job.parameters.as_of}}")),
                                new WorkflowTask.Retries(2, Duration.ofMinutes(1)),
                                Duration.ofHours(1)),
                        new WorkflowTask(
                                "tidy",
                                List.of("load"),
                                new TaskSpec.Sql("../schemas/shop/tidy.sql", Map.of("keep", "30")),
                                new WorkflowTask.Retries(0, Duration.ZERO),
                                Duration.ZERO));
    }

    @Test
    void numbersKeepTheirText() {
        assertThat(read(COMPLETE).parameters()).containsExactly(Map.entry("version", "1.10"), Map.entry("as_of", ""));
    }

    @Test
    void whatIsForDatabricksOnlyIsNamedAndNotEvaluated() {
        assertThat(read(COMPLETE).ignored())
                .containsExactlyInAnyOrder(
                        "description",
                        "schedule",
                        "queue",
                        "max_concurrent_runs",
                        "email_notifications",
                        "health",
                        "run_as",
                        "permissions",
                        "job_clusters",
                        "tasks.job_cluster_key",
                        "tasks.libraries",
                        "tasks.warehouse_id");
    }

    @Test
    void anAnchorStandsForWhatItNames() {
        Workflow workflow = read(TestWorkflows.SMALL
                .replace("main_class_name: shop.First", "&work\n            main_class_name: shop.First")
                .replace("spark_jar_task:\n            main_class_name: shop.Second", "spark_jar_task: *work"));

        assertThat(workflow.tasks().get(1).work()).isEqualTo(new TaskSpec.Jar("shop.First", List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "'' > by hand",
                "schedule: ${var.schedule} > schedule ${var.schedule}",
                "'trigger: {table_update: {table_names: [a.b.c, d.e.f]}}' > trigger {table_update: {table_names: [a.b.c, d.e.f]}}",
                "'continuous: {pause_status: UNPAUSED}' > continuous {pause_status: UNPAUSED}",
            })
    void whatStartsAWorkflowIsShownAsItStands(String setting, String expected) {
        String tasks = "\ntasks: [{task_key: a, spark_jar_task: {main_class_name: a.B}}]";

        assertThat(TestWorkflows.read(directory, "a", setting + tasks).get(0).starts())
                .isEqualTo(expected);
    }

    @Test
    void aFileMayDefineSeveralJobs() {
        String second = TestWorkflows.SMALL
                .substring(TestWorkflows.SMALL.indexOf("    small:"))
                .replace("small:", "other:");

        assertThat(WorkflowReader.read(file(TestWorkflows.SMALL + second)))
                .extracting(Workflow::key)
                .containsExactly("small", "other");
    }

    private Workflow read(String text) {
        return WorkflowReader.read(file(text)).get(0);
    }

    private Path file(String text) {
        return TestWorkflows.writeFile(directory, "shop.yml", text);
    }
}
