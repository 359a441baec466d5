package dev.lakehouse.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.workflow.WrittenResources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The alerts and the dashboard that a deployment makes. */
@Tag("databricks")
class ArrivedAlertsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void alertsReadTheTargetsCatalogueAndStartInProdOnly(String target) throws Exception {
        Deployment deployment = Deployment.of(target, folder);

        deployment.deploy();

        Map<String, JsonNode> arrived = deployment.workspace().deployed().alerts();
        assertThat(arrived)
                .containsOnlyKeys(WrittenResources.alerts(target).keySet().stream()
                        .map(name -> deployment.prefix() + name)
                        .toList());
        assertThat(arrived.values()).allSatisfy(alert -> {
            assertThat(alert.get("query_text").asText())
                    .contains("`" + deployment.catalog() + "`.ops.task_runs")
                    .doesNotContain("${");
            assertThat(alert.get("warehouse_id").asText()).isEqualTo(warehouse(deployment));
            assertThat(alert.at("/schedule/pause_status").asText())
                    .isEqualTo(target.equals("prod") ? "UNPAUSED" : "PAUSED");
            assertThat(alert.at("/run_as/service_principal_name").asText())
                    .isEqualTo(target.equals("dev") ? "" : Deployment.SERVICE_PRINCIPAL);
            assertThat(alert.at("/evaluation/threshold/value/double_value").asDouble())
                    .isEqualTo(1);
        });
    }

    @Test
    void whoSubscribesIsNotified() throws Exception {
        Deployment deployment = Deployment.of("prod", folder);
        Path overrides = deployment.checkout().root().resolve(".databricks/bundle/prod/variable-overrides.json");
        Files.createDirectories(overrides.getParent());
        Files.writeString(overrides, """
                {"alert_subscriptions": [{"user_email": "ann@company.example"}, {"destination_id": "pager"}]}
                """);

        deployment.deploy();

        assertThat(deployment.workspace().deployed().alerts().values())
                .hasSize(4)
                .allSatisfy(alert -> assertThat(alert.at("/evaluation/notification/subscriptions")
                                .toString())
                        .isEqualTo("[{\"user_email\":\"ann@company.example\"},{\"destination_id\":\"pager\"}]"));
        assertThat(deployment.bundle("plan").succeeded().out()).contains("0 to change");
        deployment.workspace().assertNothingRefused();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void theDashboardReadsTheTargetsCatalogueWithTheViewersRights(String target) throws Exception {
        Deployment deployment = Deployment.of(target, folder);

        deployment.deploy();

        JsonNode arrived = deployment.workspace().deployed().dashboards().get(deployment.prefix() + "Lakehouse");
        assertThat(arrived.at("/publication/embed_credentials").asBoolean()).isFalse();
        assertThat(arrived.at("/publication/warehouse_id").asText()).isEqualTo(warehouse(deployment));
        JsonNode content =
                JSON.readTree(arrived.at("/dashboard/serialized_dashboard").asText());
        JsonNode written = JSON.readTree(deployment
                .checkout()
                .root()
                .resolve("resources/lakehouse.lvdash.json")
                .toFile());
        assertThat(content.get("pages")).isEqualTo(written.get("pages"));
        assertThat(Flat.values(content.get("datasets")))
                .hasSameSizeAs(written.get("datasets"))
                .allSatisfy(
                        dataset -> assertThat(dataset.get("catalog").asText()).isEqualTo(deployment.catalog()));
    }

    private static String warehouse(Deployment deployment) throws Exception {
        return deployment
                .workspace()
                .deployed()
                .id("warehouse " + deployment.prefix() + "lakehouse-" + deployment.target());
    }
}
