package dev.lakehouse.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.databricks.Deployment.Ended;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Broken copies of the bundle that the Databricks CLI refuses before it changes anything, so that no check of the project's
 * own is needed for them.
 */
@Tag("databricks")
class RefusedBundleTest {
    private static final String MAIN = "databricks.yml";
    private static final String LOAD = "workflows/members_load.yml";
    private static final String INVOICES = "workflows/invoices.yml";
    private static final String SCHEMAS = "resources/schemas.yml";
    private static final String VOLUMES = "resources/volumes.yml";
    private static final String SECRETS = "resources/secret_scopes.yml";
    private static final String WAREHOUSES = "resources/warehouses.yml";
    private static final String ALERTS = "resources/alerts.yml";
    private static final String DASHBOARDS = "resources/dashboards.yml";
    private static final String JOB = "resources.jobs.members_load";

    /** A text that is replaced where it first stands, the command that finds it, and what that says. */
    private record Damage(String target, String file, String from, String to, String command, String message) {
        static Damage validated(String file, String from, String to, String message) {
            return new Damage("dev", file, from, to, "validate --strict", message);
        }

        static Damage planned(String file, String from, String to, String message) {
            return new Damage("dev", file, from, to, "plan", message);
        }

        Damage on(String otherTarget) {
            return new Damage(otherTarget, file, from, to, command, message);
        }

        @Override
        public String toString() {
            return command + " " + file + ": " + from.strip() + " > " + to.strip();
        }
    }

    private static Stream<Damage> damages() {
        return Stream.concat(Stream.concat(unknownFieldsAndValues(), referencesToNothing()), missingParts());
    }

    private static Stream<Damage> unknownFieldsAndValues() {
        return Stream.of(
                Damage.validated(MAIN, "mode: production", "modes: production", "unknown field: modes")
                        .on("staging"),
                Damage.validated(MAIN, "trigger_pause_status:", "trigger_pause:", "unknown field: trigger_pause")
                        .on("staging"),
                Damage.validated(LOAD, "op: GREATER_THAN", "op: MORE_THAN", JOB + ".health.rules[0].op"),
                Damage.validated(LOAD, "max_concurrent_runs: 1", "max_concurrent_runs: one", "cannot parse \"one\""),
                Damage.validated(LOAD, "enabled: true", "enabld: true", "unknown field: enabld"),
                Damage.validated(LOAD, "spark_jar_task:", "spark_jar_tsk:", "unknown field: spark_jar_tsk"),
                Damage.validated(SCHEMAS, "comment:", "coment:", "unknown field: coment"),
                Damage.validated(WAREHOUSES, "auto_stop_mins: 10", "auto_stop: 10", "unknown field: auto_stop"),
                Damage.validated(ALERTS, "empty_result_state:", "empty_result:", "unknown field: empty_result"),
                Damage.validated(ALERTS, "GREATER_THAN_OR_EQUAL", "MORE_THAN", "invalid value \"MORE_THAN\""),
                Damage.validated(DASHBOARDS, "dataset_catalog:", "catalog:", "unknown field: catalog"),
                Damage.validated(VOLUMES, "volume_type: EXTERNAL", "volume_type: OUTSIDE", "invalid value \"OUTSIDE\""),
                Damage.planned(SECRETS, "level: READ", "level: SEE", "permissions for secret scope"),
                Damage.validated(MAIN, "/Workspace/Users/", "/Workspace/Shared/", "writable by all workspace users")
                        .on("staging"));
    }

    private static Stream<Damage> referencesToNothing() {
        return Stream.of(
                Damage.validated(LOAD, "${var.notified}", "${var.notify}", "does not exist: ${var.notify}"),
                Damage.validated(SCHEMAS, "${var.job_group}", "${var.jobs}", "does not exist: ${var.jobs}"),
                Damage.validated(SECRETS, "${var.job_group}", "${var.jobs}", "does not exist: ${var.jobs}"),
                Damage.validated(WAREHOUSES, "${var.job_group}", "${var.jobs}", "does not exist: ${var.jobs}"),
                Damage.validated(ALERTS, "${var.catalog}", "${var.lake}", "does not exist: ${var.lake}"),
                Damage.validated(DASHBOARDS, "lakehouse.lvdash", "lake.lvdash", "failed to read serialized dashboard"),
                Damage.validated(VOLUMES, "${var.catalog}", "${var.lake}", "does not exist: ${var.lake}"),
                Damage.validated(MAIN, "  mysql_user:", "  mysql_account:", "does not exist: ${var.mysql_user}"),
                Damage.validated(MAIN, "catalog: prod", "catalogue: prod", "catalogue is not defined")
                        .on("prod"),
                Damage.validated(MAIN, "${bundle.name}", "${bundle.title}", "does not exist: ${bundle.title}")
                        .on("prod"),
                Damage.validated(WAREHOUSES, "${bundle.target}", "${bundle.goal}", "does not exist: ${bundle.goal}"),
                Damage.validated(MAIN, "description: Secret", "description: ${var.classic} and", "cannot interpolate"),
                Damage.validated(MAIN, "default: aws", "default: moon", "does not exist: ${var.node_types.moon}"),
                Damage.planned(
                        LOAD, "${var.reader_group}", "${vars.readers}", "invalid dependency \"${vars.readers}\""),
                Damage.planned(SCHEMAS, "${var.job_group}", "${job_group}", "invalid dependency \"${job_group}\""),
                Damage.planned(VOLUMES, "schemas.ops_schema.", "schemas.op.", "no such node \"resources.schemas.op\""),
                Damage.planned(VOLUMES, "ops_schema.name", "ops_schema.title", "field \"title\" not found"));
    }

    private static Stream<Damage> missingParts() {
        return Stream.of(
                Damage.validated(
                        SCHEMAS, "members_schema:", "members_load:", "defined with the same key: members_load"),
                Damage.validated(
                        LOAD, "${var.compute.job_cluster_key}", "other", "job_cluster_key other is not defined"),
                Damage.validated(
                        LOAD, "job_cluster_key: ${var.compute.job_cluster_key}", "", "Missing required cluster"),
                Damage.validated(
                        INVOICES,
                        "warehouse_id: ${resources.sql_warehouses.questions.id}",
                        "",
                        "\"warehouse_id\" is not set"),
                Damage.validated(INVOICES, "3_best_date.sql", "3_best_day.sql", "3_best_day.sql not found"),
                Damage.planned(
                        MAIN, "- jar: target/", "- jar: ../target/", "file doesn't exist ../target/lakehouse.jar"),
                Damage.planned(MAIN, "source: target/lakehouse", "source: target/lake", "lake.jar: no matching files"));
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("damages")
    void aBrokenCopyIsRefused(Damage damage) throws Exception {
        Deployment deployment = Deployment.of(damage.target, folder);
        deployment.checkout().edit(damage.file, damage.from, damage.to);

        Ended refused = deployment.bundle(damage.command.split(" ")).failed();

        assertThat(refused.text()).contains(damage.message);
        assertThat(deployment.workspace().deployed().resources()).isEmpty();
    }
}
