package dev.lakehouse.workflow;

import static dev.lakehouse.workflow.BundleCheck.ACCESS;
import static dev.lakehouse.workflow.BundleCheck.COMPUTE;
import static dev.lakehouse.workflow.BundleCheck.FILES;
import static dev.lakehouse.workflow.BundleCheck.JAR;
import static dev.lakehouse.workflow.BundleCheck.NAMES;
import static dev.lakehouse.workflow.BundleCheck.REFERENCES;
import static dev.lakehouse.workflow.BundleCheck.RUNS_HERE;
import static dev.lakehouse.workflow.BundleCheck.STARTS;
import static dev.lakehouse.workflow.BundleCheck.TASK_VALUES;
import static dev.lakehouse.workflow.BundleCheck.VARIABLES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lakehouse.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Broken copies of the project's bundle, each found by the checks that are there for it and by no other. */
class BundleDamageTest {
    private static final Path ROOT = Path.of(System.getProperty("lakehouse.root"));
    private static final Bundle BUNDLE = Bundle.read(ROOT);

    private static final String EXTRACT = "workflows/members_extract.yml";
    private static final String LOAD = "workflows/members_load.yml";
    private static final String INVOICES = "workflows/invoices.yml";
    private static final String MEMBERS = "workflows/members_.*";
    /** The project's own; files that were added for other tables are looked at by {@link BundleTest}. */
    private static final String WORKFLOWS = "workflows/(members_.*|invoices|votes_.*|spending|activity|orders.*)[.]yml";

    /** Those whose tasks all run on a classic cluster on every target; the others run on what the target says. */
    private static final String CLASSIC = "workflows/(members_extract|orders_stream)[.]yml";

    private static final String EITHER = "workflows/(members_load|invoices|votes_.*|spending|activity|orders)[.]yml";
    private static final String MAIN = "databricks.yml";
    private static final String LOCAL = "local.yml";
    private static final String VOLUMES = "resources/volumes.yml";
    private static final String ALERTS = "resources/alerts.yml";
    /**
     * A text that is replaced where it first stands, in each of the files that a pattern names.
     *
     * @param by the checks that find it
     * @param message what the first of them says
     */
    private record Damage(String files, String from, String to, List<BundleCheck> by, String message) {
        static Damage of(String files, String from, String to, String message, BundleCheck... by) {
            return new Damage(files, from, to, List.of(by), message);
        }

        Damage in(String file) {
            return new Damage(file, from, to, by, message);
        }

        @Override
        public String toString() {
            return by + " " + files + ": " + from.strip() + " > " + to.strip();
        }
    }

    private static final List<Damage> DAMAGES = List.of(
            Damage.of(MAIN, "- resources/*.yml", "- resources/s*.yml", VOLUMES + " is not included", FILES),
            Damage.of(MAIN, "- workflows/*.yml", "- workflows/members_l*.yml", EXTRACT + " is not included", FILES),
            Damage.of(MAIN, "include:", "include:\n  - extra/*.yml", "'extra/*.yml' includes no file", FILES),
            Damage.of(MAIN, "include:", "include:\n  - '*.yml'", "'*.yml' includes local.yml", FILES),
            //
            Damage.of(MEMBERS, "            - task_key: ", "            - task_key: no_", "is no task", RUNS_HERE),
            Damage.of(EXTRACT, "- task_key: check_source", depending("check_source", "verify"), "circle", RUNS_HERE),
            Damage.of(LOAD, "- task_key: apply_schemas", depending("apply_schemas", "tidy"), "circle", RUNS_HERE),
            Damage.of(WORKFLOWS, "{{job.run_id}}", "{{job.run}}", "the reference {{job.run}} is not", RUNS_HERE),
            Damage.of(
                    MEMBERS, "{{job.parameters.", "{{job.parameters.no_", "there is no job parameter 'no_", RUNS_HERE),
            Damage.of(
                    LOAD, "runs_after: members_", "runs_after: no_", "which is no workflow of its product", RUNS_HERE),
            Damage.of(LOCAL, "  landing: ", "  #", "the variable ${var.landing} has no value here", RUNS_HERE),
            Damage.of(WORKFLOWS, "--run-id=", "--run=", "Unknown option: '--run=", RUNS_HERE, JAR),
            Damage.of(MEMBERS, "- --table=members\n", twice("--table=members"), "only once", RUNS_HERE, JAR),
            Damage.of(MEMBERS, "- --table=members\n", "", "Missing required option", RUNS_HERE, JAR),
            Damage.of(
                    EXTRACT, "dev.lakehouse.ingest.CheckSource", "dev.lakehouse.cli.Lakehouse", "the jar has no", JAR),
            //
            Damage.of(LOAD, "dev.lakehouse.members.LoadMembers", "dev.lakehouse.cli.Lakehouse", "the jar has no", JAR),
            Damage.of(WORKFLOWS, "main_class_name: dev", "main_class_name: de", "the jar has no class", JAR, RUNS_HERE),
            Damage.of(LOAD, "members.LoadMembers", "UserError", "UserError in the jar has no public", JAR, RUNS_HERE),
            Damage.of(MAIN, "env:MYSQL_PASSWORD", "MYSQL_PASSWORD", EXTRACT + ", job members_extract", JAR),
            //
            Damage.of(MAIN, "description: The MySQL", "description: \"\" #", "mysql_url (line", VARIABLES),
            Damage.of(MAIN, "variables:", "variables:\n  more: {description: x}", "nothing uses this", VARIABLES),
            Damage.of(LOCAL, "variables:", "variables:\n  more: x", "there is no such variable", VARIABLES),
            //
            Damage.of(WORKFLOWS, "\n      name: ", "\n      name: '{{job.id}}' # ", "{{job.id}} is not", REFERENCES),
            Damage.of(MAIN, "{{secrets/${var.secret_scope}/", "{{secrets/lake/", "none of the bundle's", REFERENCES),
            Damage.of(
                    EXTRACT,
                    "=registration_date\n",
                    "={{tasks.check_source.values.x}}\n",
                    "has no value",
                    TASK_VALUES,
                    RUNS_HERE),
            //
            Damage.of(LOAD, "--table=members\n", "--table={{tasks.apply_schemas.values.x}}\n", "no value", TASK_VALUES),
            Damage.of(
                    "workflows/(invoices|votes_ingest|activity)[.]yml",
                    "{{job.parameters.input}}",
                    "{{tasks.apply_schemas.values.x}}",
                    "no value",
                    TASK_VALUES),
            Damage.of(
                    "workflows/(spending|orders)[.]yml",
                    "{{job.parameters.output}}",
                    "{{tasks.apply_schemas.values.x}}",
                    "no value",
                    TASK_VALUES),
            Damage.of(
                    "workflows/orders_stream.yml",
                    "{{job.parameters.topic}}",
                    "{{tasks.stream.values.x}}",
                    "no value",
                    TASK_VALUES,
                    RUNS_HERE),
            Damage.of(
                    "workflows/votes_outliers.yml",
                    "${var.catalog}",
                    "{{tasks.outliers.values.x}}",
                    "no value",
                    TASK_VALUES,
                    RUNS_HERE),
            //
            Damage.of(EITHER, "${var.compute.environment_key}", "other", "has no environment 'other'", COMPUTE),
            Damage.of(
                    CLASSIC,
                    "job_cluster_key: ${var.classic.job_cluster_key}",
                    "environment_key: other",
                    "has no environment 'other'",
                    COMPUTE),
            Damage.of(MAIN, "environment_key: \"\"", "environment_key: main", LOAD + ", job members_load", COMPUTE),
            Damage.of(EITHER, "libraries: ${var.compute.libraries}", "", "no jar without libraries", COMPUTE),
            Damage.of(CLASSIC, "libraries: ${var.classic.libraries}", "", "no jar without libraries", COMPUTE),
            Damage.of(
                    MAIN,
                    "environments: []",
                    "environments: [{environment_key: x}]",
                    LOAD + ", job members_load (line",
                    COMPUTE),
            //
            Damage.of(EXTRACT, "0 0 2 * * ?", "0 2 * * ?", "schedule (line", STARTS),
            Damage.of(EXTRACT, "0 0 2 * * ?", "0 0 2 * * *", "one must be '?'", STARTS),
            Damage.of("workflows/activity.yml", "0 0 5 * * ?", "0 0 5 * *", "schedule (line", STARTS),
            Damage.of("workflows/orders.yml", "0 5 * * * ?", "0 5 * * *", "schedule (line", STARTS),
            Damage.of(
                    "workflows/orders_stream.yml",
                    "- task_key: stream",
                    "- task_key: stream\n          max_retries: 1",
                    "has no max_retries",
                    STARTS),
            Damage.of(INVOICES, "0 30 6 * * ?", "0 30 6 * *", "schedule (line", STARTS),
            Damage.of(ALERTS, "0 20 8 * * ?", "0 20 8 * *", "schedule (line", STARTS),
            Damage.of(EXTRACT, "timezone_id: UTC", "timezone_id: UTX", "there is no time zone 'UTX'", STARTS),
            Damage.of(EXTRACT, "schedule:", "trigger: {}\n      schedule:", "not both", STARTS),
            Damage.of(LOAD, "triggers_seconds: 60", "triggers_seconds: 59", "triggers_seconds is 59", STARTS),
            Damage.of(LOAD, "change_seconds: 60", "change_seconds: 5", "change_seconds is 5", STARTS),
            Damage.of(LOAD, "_manifests/members/", "_manifests/members", "ends with a slash", STARTS),
            //
            Damage.of(MAIN, "prefix_for_schema: true", "prefix_for_schema: false", "dev (line", NAMES),
            Damage.of(MAIN, "catalog: staging", "catalog: prod", "the schema prod.members, and so", NAMES),
            Damage.of(MAIN, "lakehouse-${bundle.target}", "lakehouse", "the secret scope lakehouse, and so", NAMES),
            Damage.of(MAIN, "level: CAN_MANAGE", "level: CAN_VIEW", "let them read the secrets", ACCESS),
            Damage.of(MAIN, "/Workspace/Users/", "/Workspace/Shared/", "everybody can write to", ACCESS));

    @TempDir
    private Path copy;

    @ParameterizedTest
    @MethodSource("damagesByFile")
    void aBrokenCopyIsFoundByItsChecksOnly(Damage damage) throws IOException {
        assumeTrue(findings(BUNDLE).isEmpty(), "not run: the bundle itself is wrong, as BundleTest says");
        copyBundle();
        replace(damage.files, damage.from, damage.to);

        Map<BundleCheck, List<String>> findings = findings(Bundle.read(copy));

        assertThat(findings.keySet()).as("%s", findings).isEqualTo(EnumSet.copyOf(damage.by));
        assertThat(findings.get(damage.by.get(0))).anySatisfy(finding -> assertThat(finding)
                .contains(damage.message)
                .contains(damage.message.contains(".yml") ? damage.message : damage.files));
    }

    @Test
    void everyBrokenCopyIsOneOfAFileOfTheBundle() {
        assertThat(DAMAGES).allSatisfy(damage -> assertThat(files()).anyMatch(file -> file.matches(damage.files)));
    }

    @ParameterizedTest
    @EnumSource
    void everyFileThatACheckLooksAtHasABrokenCopyForIt(BundleCheck check) {
        Set<String> damaged = damagesByFile()
                .filter(damage -> damage.by.contains(check))
                .map(Damage::files)
                .collect(Collectors.toSet());

        assertThat(check.concerned(BUNDLE)).isNotEmpty().allSatisfy(file -> {
            if (!file.startsWith("workflows/") || file.matches(WORKFLOWS)) {
                assertThat(damaged).contains(file);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileThatCannotBeReadIsNamed(String file) throws IOException {
        copyBundle();
        Files.writeString(copy.resolve(file), Files.readString(copy.resolve(file)) + "\n\tx");

        assertThatThrownBy(() -> Bundle.read(copy))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(Path.of(file).getFileName() + " cannot be read at line");
    }

    private static Stream<Damage> damagesByFile() {
        return DAMAGES.stream().flatMap(damage -> files().filter(file -> file.matches(damage.files))
                .map(damage::in));
    }

    private static Stream<String> files() {
        return Stream.concat(Stream.of(MAIN, LOCAL), BUNDLE.parts().keySet().stream());
    }

    private static Map<BundleCheck, List<String>> findings(Bundle bundle) {
        Map<BundleCheck, List<String>> findings = new EnumMap<>(BundleCheck.class);
        Arrays.stream(BundleCheck.values()).forEach(check -> findings.put(check, check.findings(bundle)));
        findings.values().removeIf(List::isEmpty);
        return findings;
    }

    /** The bundle's files, and the SQL that its tasks run. */
    private void copyBundle() throws IOException {
        try (Stream<Path> schemas = Files.walk(ROOT.resolve("schemas"))) {
            List<String> sql = schemas.filter(file -> file.toString().endsWith(".sql"))
                    .map(file -> ROOT.relativize(file).toString())
                    .toList();
            for (String file : Stream.concat(files(), sql.stream()).toList()) {
                Files.createDirectories(copy.resolve(file).getParent());
                Files.copy(ROOT.resolve(file), copy.resolve(file));
            }
        }
    }

    private void replace(String file, String from, String to) throws IOException {
        String text = Files.readString(copy.resolve(file));
        int at = text.indexOf(from);
        assertThat(at).as("place of '%s' in %s", from, file).isNotNegative();
        Files.writeString(copy.resolve(file), text.substring(0, at) + to + text.substring(at + from.length()));
    }

    private static String depending(String task, String on) {
        return "- task_key: " + task + "\n          depends_on: [{task_key: " + on + "}]";
    }

    private static String twice(String argument) {
        return "- " + argument + "\n              - " + argument + "\n";
    }
}
