package dev.lakehouse.databricks;

import static dev.lakehouse.databricks.GeneratedProject.flat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.databricks.Deployment.Ended;
import dev.lakehouse.testing.TableWorkflows;
import dev.lakehouse.workflow.BundleFindings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles that {@code template/} makes, by the Databricks CLI. */
@Tag("databricks")
class TemplateTest {
    private static final Path LAKEHOUSE = Path.of(System.getProperty("lakehouse.root"));

    private static final Map<String, String> ANSWERS = Map.ofEntries(
            Map.entry("project_name", "webshop"),
            Map.entry("table", "Orders"),
            Map.entry("date_column", "ordered_at"),
            Map.entry("target_schema", "web"),
            Map.entry("landing_storage", "s3://company.data-lake/land/web"),
            Map.entry("mysql_url", "jdbc:mysql://db-1.company.example:3306/web_shop?sslMode=VERIFY_CA"),
            Map.entry("mysql_source", "web-shop"),
            Map.entry("mysql_user", "lake.reader"),
            Map.entry("job_group", "data jobs"),
            Map.entry("engineer_group", "lakehouse-engineers"), // the person of the fake workspace is one
            Map.entry("reader_group", "analysts"),
            Map.entry("personal_data_group", "Data.Protection_1"),
            Map.entry("notified_email", "on-call+lake@company.example"));

    @TempDir
    private Path folder;

    @Test
    void workflowsAreThoseOfMembersForAnotherTable() throws Exception {
        GeneratedProject project = GeneratedProject.in(folder, ANSWERS);

        TableWorkflows expected =
                new TableWorkflows("Orders", "Orders", "web.orders", "ordered_at_year=year(ordered_at)", "ordered_at");
        assertThat(flat(project.text("workflows/Orders_extract.yml"))).isEqualTo(flat(expected.extract()));
        assertThat(flat(project.text("workflows/Orders_load.yml"))).isEqualTo(flat(expected.load()));
    }

    @Test
    void aTableWithoutADateHasNoPartitionAndNoOrder() throws Exception {
        GeneratedProject project = GeneratedProject.in(folder, with("date_column", ""));

        TableWorkflows expected = new TableWorkflows("Orders", "Orders", "web.orders", "", "");
        assertThat(flat(project.text("workflows/Orders_extract.yml"))).isEqualTo(flat(expected.extract()));
    }

    /** What is not listed here is the same in both: a change of this project's bundle is made in the template as well. */
    @Test
    void theBundleDiffersFromThisProjectsByWhatWasAskedOnly() throws Exception {
        GeneratedProject project = GeneratedProject.in(folder, ANSWERS);

        SortedMap<String, String> generated = bundle(project.root());
        SortedMap<String, String> ours = bundle(LAKEHOUSE);
        TreeSet<String> differing = new TreeSet<>(generated.keySet());
        differing.addAll(ours.keySet());
        differing.removeIf(path -> path.matches("variables\\.(kafka_\\w+|exports|personal_exports|pseudonym_keyset"
                + "|reported_email|alert_subscriptions)\\..*|targets\\.dev_serverless\\..*"));
        differing.removeIf(path -> generated.getOrDefault(path, "").equals(ours.getOrDefault(path, "")));
        assertThat(differing)
                .containsExactlyInAnyOrder(
                        "artifacts.lakehouse.build",
                        "artifacts.lakehouse.files[0].source",
                        "bundle.name",
                        "bundle.uuid",
                        "sync.paths[0]",
                        "targets.dev.variables.catalog",
                        "targets.dev.variables.landing_storage",
                        "targets.dev.variables.secret_scope",
                        "targets.prod.variables.catalog",
                        "targets.prod.variables.landing_storage",
                        "targets.staging.variables.catalog",
                        "targets.staging.variables.landing_storage",
                        "variables.classic.default.libraries[0].jar",
                        "variables.compute.description",
                        "variables.job_group.default",
                        "variables.job_group.description",
                        "variables.landing_storage.description",
                        "variables.mysql_source.default",
                        "variables.mysql_url.default",
                        "variables.mysql_user.default",
                        "variables.notified.default[0]",
                        "variables.personal_data_group.default",
                        "variables.personal_data_group.description",
                        "variables.reader_group.default",
                        "variables.reader_group.description",
                        "variables.secret_scope.default",
                        "variables.secret_scope.description");
        assertThat(local(LAKEHOUSE)).containsAllEntriesOf(local(project.root()));
    }

    @Test
    void nothingIsWrongThatTheCommandLineDoesNotFind() throws Exception {
        assertThat(BundleFindings.of(GeneratedProject.in(folder, ANSWERS).root()))
                .singleElement() // left for a target that a person adds
                .matches(finding -> finding.matches("databricks.yml, variables, serverless .*: nothing uses this.*"));
    }

    @Test
    void loadsRunOnServerlessComputeWhereATargetSaysSo() throws Exception {
        GeneratedProject project = GeneratedProject.in(folder, ANSWERS).withJar();
        Deployment deployment = project.to("dev");
        deployment.checkout().edit("databricks.yml", "    variables:\n      catalog: webshop_dev", """
                    workspace:
                      artifact_path: /Volumes/webshop_dev_tester/default/artifacts/tester
                    variables:
                      compute: ${var.serverless}
                      mysql_password: databricks:${var.secret_scope}/mysql-password
                      catalog: webshop_dev""".indent(4)
                .stripTrailing());
        deployment.workspace().makeVolume("webshop_dev_tester", "artifacts");

        deployment.bundle("validate", "--strict").succeeded();
        deployment.deploy();

        Map<String, JsonNode> jobs = deployment.workspace().deployed().jobs();
        assertThat(Flat.of(jobs.get("[dev tester] Orders_load")))
                .containsEntry("tasks[load].environment_key", "main")
                .containsEntry(
                        "environments[main].spec.java_dependencies[0]",
                        "/Volumes/webshop_dev_tester/default/artifacts/tester/.internal/lakehouse.jar");
        assertThat(Flat.of(jobs.get("[dev tester] Orders_extract")))
                .containsEntry("tasks[extract].job_cluster_key", "main");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void everyTargetIsDeployedAndASecondPlanIsEmpty(String target) throws Exception {
        GeneratedProject project = GeneratedProject.in(folder, ANSWERS).withJar();
        Deployment deployment = project.to(target);

        Ended validation = deployment.bundle("validate", "--strict").succeeded();
        Ended first = deployment.bundle("plan").succeeded();
        deployment.deploy();
        Ended second = deployment.bundle("plan").succeeded();

        assertThat(validation.text()).contains("Validation OK!");
        assertThat(first.out()).containsPattern("Plan: [1-9][0-9]* to add, 0 to change, 0 to delete, 0 unchanged");
        assertThat(second.out()).containsPattern("Plan: 0 to add, 0 to change, 0 to delete, [1-9][0-9]* unchanged");
        String catalog = target.equals("dev") ? "webshop_dev_tester" : "webshop_" + target;
        Deployed deployed = deployment.workspace().deployed();
        assertThat(deployed.resources())
                .contains(
                        "job " + deployment.prefix() + "Orders_extract",
                        "job " + deployment.prefix() + "Orders_load",
                        "schema " + catalog + ".ops",
                        "schema " + catalog + ".web",
                        "volume " + catalog + ".ops.landing");
        Map<String, String> jars = new TreeMap<>(deployed.files());
        jars.keySet().removeIf(path -> !path.endsWith(".jar"));
        assertThat(jars)
                .containsOnlyKeys(
                        deployment.root().replace("/lakehouse/", "/webshop/") + "/artifacts/.internal/lakehouse.jar")
                .containsValue(Deployed.sha256(project.root().resolve("lib/lakehouse.jar")));
        deployment.workspace().assertNothingRefused();
    }

    @ParameterizedTest
    @CsvSource({"aws, s3://company-lakehouse/webshop", "azure, abfss://landing@company.dfs.core.windows.net/webshop"})
    void theCloudDecidesNodesAndStorage(String cloud, String storage) throws Exception {
        GeneratedProject project =
                GeneratedProject.in(folder, Map.of("project_name", "webshop", "table", "orders", "cloud", cloud));

        assertThat(flat(project.text("databricks.yml")))
                .containsEntry("variables.cloud.default", cloud)
                .containsEntry("targets.prod.variables.landing_storage", storage + "/prod")
                .doesNotContainKey("variables.notified.default[0]");
    }

    @Test
    void withoutTheJarNothingIsDeployed() throws Exception {
        Deployment deployment = GeneratedProject.in(folder, ANSWERS).to("dev");

        Ended refused = deployment.bundle("deploy").failed();

        assertThat(refused.text()).contains("lib/lakehouse.jar");
        assertThat(deployment.workspace().deployed().resources()).isEmpty();
    }

    @Test
    void anotherTableIsAddedToAProject() throws Exception {
        GeneratedProject project = GeneratedProject.in(folder, ANSWERS).withJar();
        List<String> before = project.files();
        String main = project.text("databricks.yml");

        GeneratedProject.init(
                        folder,
                        Map.of(
                                "make", "table",
                                "project_name", "webshop",
                                "table", "customers",
                                "target_schema", "web"))
                .succeeded();

        List<String> after = project.files();
        after.removeAll(before);
        assertThat(after).containsExactly("workflows/customers_extract.yml", "workflows/customers_load.yml");
        assertThat(project.text("databricks.yml")).isEqualTo(main);
        Deployment deployment = project.to("dev");
        deployment.deploy();
        assertThat(deployment.workspace().deployed().jobs())
                .containsOnlyKeys(
                        "[dev tester] Orders_extract",
                        "[dev tester] Orders_load",
                        "[dev tester] customers_extract",
                        "[dev tester] customers_load");
    }

    @Test
    void aTableThatIsThereAlreadyIsNotOverwritten() throws Exception {
        GeneratedProject project = GeneratedProject.in(folder, ANSWERS);
        String before = project.text("workflows/Orders_load.yml");

        Ended refused = GeneratedProject.init(folder, with("make", "table", "target_schema", "other"))
                .failed();

        assertThat(refused.text()).contains("already exist");
        assertThat(project.text("workflows/Orders_load.yml")).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "table, o'rders",
                "table, orders\"",
                "table, two orders",
                "table, `orders,customers`",
                "table, ${workspace.host}",
                "table, {{job.run_id}}",
                "table, ``",
                "table, ../orders",
                "table, `orders\nx: y`",
                "date_column, year(ordered_at)",
                "date_column, `ordered_at\"`",
                "target_schema, web.orders",
                "target_schema, ops",
                "target_schema, default",
                "target_schema, information_schema",
                "project_name, Webshop",
                "project_name, ../webshop",
                "project_name, ``",
                "cloud, gcp",
                "landing_storage, s3://bucket/${var.x}",
                "landing_storage, s3://bucket/",
                "landing_storage, abfss://landing@company.dfs.core.windows.net/web",
                "landing_storage, dbfs:/landing",
                "mysql_url, jdbc:postgresql://db/shop",
                "mysql_url, jdbc:mysql://db:3306/",
                "mysql_url, jdbc:mysql://db:3306/shop\" #",
                "mysql_url, jdbc:mysql://root:secret@db:3306/shop",
                "mysql_source, web/shop",
                "mysql_user, `a'b`",
                "job_group, `jobs\"`",
                "reader_group, ``",
                "notified_email, `a@b.example, c@d.example`",
                "notified_email, nobody",
            })
    void anAnswerThatDoesNotFitMakesNothing(String question, String answer) throws Exception {
        Ended refused = GeneratedProject.init(folder, with(question, answer)).failed();

        assertThat(refused.text()).contains(question);
        assertThat(folder.resolve("webshop")).doesNotExist();
        try (var made = Files.list(folder)) {
            assertThat(made.filter(Files::isDirectory)).isEmpty();
        }
    }

    /** From the copied jar to the first loaded table; the build, and the laptop's commands, have tests of their own. */
    @Test
    void theCommandsOfItsReadmeRun() throws Exception {
        GeneratedProject project = GeneratedProject.in(folder, ANSWERS);
        String script = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(project.text("README.md"))
                .results()
                .map(block -> block.group(1))
                .filter(block -> !block.contains("MYSQL_PASSWORD"))
                .collect(Collectors.joining("\n"))
                .replaceFirst("\\(cd .* package\\)\n", "")
                .replace("--output-dir ..", "--output-dir .. --config-file ../table.json")
                .replaceAll("([_-])ann\\b", "$1tester");
        Files.writeString(folder.resolve("table.json"), """
                {"make": "table", "project_name": "webshop", "table": "customers", "target_schema": "web"}
                """);
        assertThat(script).contains("cp ", "catalogs create", "put-secret", "bundle run", "bundle init");
        Deployment deployment = project.to("dev");

        Ended ended = deployment.shell("set -euo pipefail\nLAKEHOUSE='" + LAKEHOUSE + "'\n"
                + "databricks() { command databricks \"$@\" <<< value; }\n" + script);

        assertThat(ended.succeeded().text())
                .contains("Validation OK!", "Deployment complete!", "Orders_load", "TERMINATED SUCCESS");
        assertThat(project.files()).contains("workflows/customers_extract.yml");
        deployment.workspace().assertNothingRefused();
    }

    private static Map<String, String> with(String... questionsAndAnswers) {
        Map<String, String> answers = new HashMap<>(ANSWERS);
        for (int i = 0; i < questionsAndAnswers.length; i += 2) {
            answers.put(questionsAndAnswers[i], questionsAndAnswers[i + 1]);
        }
        return answers;
    }

    private static SortedMap<String, String> bundle(Path root) throws Exception {
        return flat(Files.readString(root.resolve("databricks.yml")));
    }

    private static SortedMap<String, String> local(Path root) throws Exception {
        return new TreeMap<>(flat(Files.readString(root.resolve("local.yml"))));
    }
}
