package dev.lakehouse.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.workflow.BundleFindings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ./lakehouse add} writes, on every target, by the Databricks CLI itself. */
@Tag("databricks")
class AddedDatabaseTest {
    @TempDir
    private Path folder;

    private Deployment deployment;

    @AfterEach
    void everyRequestWasUnderstood() throws Exception {
        if (deployment != null) {
            deployment.workspace().assertNothingRefused();
        }
    }

    private MySqlServer add(String target) throws Exception {
        deployment = Deployment.of(target, folder);
        MySqlServer server = AddedDatabase.made();
        AddedDatabase.write(deployment.checkout(), server);
        return server;
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "dev_serverless", "staging", "prod"})
    void validationHasNothingToSayAndASecondPlanIsEmpty(String target) throws Exception {
        add(target);

        String validation =
                deployment.bundle("validate", "--strict").succeeded().text();
        deployment.deploy();
        String plan = deployment.bundle("plan").succeeded().out();

        assertThat(validation).contains("Validation OK!");
        assertThat(plan).containsPattern("Plan: 0 to add, 0 to change, 0 to delete, [1-9][0-9]* unchanged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "dev_serverless", "staging", "prod"})
    void bothJobsAndTheSchemaArrive(String target) throws Exception {
        add(target);

        deployment.deploy();

        assertBothJobsRepeatOneTaskForEachTable();
        assertTheRepeatedTaskHasTheComputeAndTheTaskAroundItHasNone();
        assertTheSchemaHasItsGrants();
    }

    private void assertBothJobsRepeatOneTaskForEachTable() throws Exception {
        for (String workflow : List.of("shop_extract", "shop_load")) {
            JsonNode each = each(workflow).get("for_each_task");
            assertThat(each.get("inputs").asText()).isEqualTo("{{job.parameters.tables}}");
            assertThat(each.get("concurrency").asInt()).isEqualTo(4);
            assertThat(tables(workflow)).containsExactlyInAnyOrderElementsOf(AddedDatabase.TABLES);
            assertThat(texts(each.at("/task/spark_jar_task/parameters")))
                    .contains("--table={{input}}", "--source=shop", "--settings=sources/shop.yml")
                    .contains("--mysql-url=jdbc:mysql://mysql.company.example:3306/shop", "--mysql-user=lake.reader")
                    .contains("--landing=/Volumes/" + deployment.catalog() + "/ops/landing");
        }
    }

    private void assertTheRepeatedTaskHasTheComputeAndTheTaskAroundItHasNone() throws Exception {
        boolean isServerless = deployment.target().equals("dev_serverless");
        String jar = deployment.artifacts() + "/.internal/lakehouse.jar";
        assertThat(each("shop_extract")
                        .at("/for_each_task/task/libraries/0/jar")
                        .asText())
                .isEqualTo(jar);
        assertThat(each("shop_extract")
                        .at("/for_each_task/task/job_cluster_key")
                        .asText())
                .isEqualTo("main");
        JsonNode load = each("shop_load").at("/for_each_task/task");
        assertThat(load.path("environment_key").asText()).isEqualTo(isServerless ? "main" : "");
        assertThat(load.path("job_cluster_key").asText()).isEqualTo(isServerless ? "" : "main");
        assertThat(
                        isServerless
                                ? job("shop_load").at("/environments/0/spec/java_dependencies/0")
                                : load.at("/libraries/0/jar"))
                .hasToString("\"" + jar + "\"");
        // Databricks refuses these around a repeated task, and the CLI does not check it.
        for (String workflow : List.of("shop_extract", "shop_load")) {
            assertThat(each(workflow).fieldNames())
                    .toIterable()
                    .doesNotContain("max_retries", "min_retry_interval_millis", "job_cluster_key", "environment_key")
                    .doesNotContain("libraries");
            assertThat(each(workflow).at("/for_each_task/task/max_retries").asInt())
                    .isEqualTo(2);
        }
    }

    private void assertTheSchemaHasItsGrants() throws Exception {
        JsonNode state = deployment.workspace().deployed().state();
        assertThat(state.get("schemas").has(deployment.catalog() + ".shop")).isTrue();
        SortedMap<String, String> grants = Flat.of(state.get("grants").get("SCHEMA:" + deployment.catalog() + ".shop"));
        assertThat(grants.values().stream().filter("SELECT"::equals)).hasSize(2);
        assertThat(grants)
                .containsValues("CREATE_TABLE", "MODIFY", "APPLY_TAG", "MANAGE")
                .containsEntry("[lakehouse-personal-data].privileges[0]", "SELECT")
                .containsEntry("[lakehouse-readers].privileges[0]", "USE_SCHEMA")
                .doesNotContainKey("[lakehouse-readers].privileges[1]");
    }

    @Test
    void anotherTableChangesTheListsOnly() throws Exception {
        MySqlServer server = add("prod");
        deployment.deploy();
        Deployed before = deployment.workspace().deployed();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE later (id INT PRIMARY KEY)");
        }

        List<String> written = AddedDatabase.write(deployment.checkout(), server);
        List<String> writtenAgain = AddedDatabase.write(deployment.checkout(), server);
        deployment.deploy();

        assertThat(written)
                .containsExactly("sources/shop.yml", "workflows/shop_extract.yml", "workflows/shop_load.yml");
        assertThat(writtenAgain).isEmpty();
        assertThat(deployment.workspace().deployed().differencesFrom(before))
                .containsOnlyKeys(
                        "jobs.job shop_extract.settings.parameters[tables].default",
                        "jobs.job shop_load.settings.parameters[tables].default");
        assertThat(tables("shop_load")).contains("later").hasSize(AddedDatabase.TABLES.size() + 1);
    }

    @Test
    void nothingIsWrongThatTheCommandLineDoesNotFind() throws Exception {
        add("dev");

        assertThat(BundleFindings.of(deployment.checkout().root())).isEmpty();
    }

    private JsonNode job(String workflow) throws Exception {
        return deployment.workspace().deployed().jobs().get(deployment.prefix() + workflow);
    }

    /** The task of a job that repeats another one. */
    private JsonNode each(String workflow) throws Exception {
        return Flat.values(job(workflow).get("tasks")).stream()
                .filter(task -> task.get("task_key").asText().equals("tables"))
                .findFirst()
                .orElseThrow();
    }

    /** The tables as a run reads them from the default of its job parameter. */
    private List<String> tables(String workflow) throws Exception {
        String list = Flat.values(job(workflow).get("parameters")).stream()
                .filter(parameter -> parameter.get("name").asText().equals("tables"))
                .map(parameter -> parameter.get("default").asText())
                .findFirst()
                .orElseThrow();
        // Neither the CLI nor Databricks sees a reference of its own in a name.
        assertThat(list).doesNotContain("{", "$");
        return texts(new ObjectMapper().readTree(list));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
