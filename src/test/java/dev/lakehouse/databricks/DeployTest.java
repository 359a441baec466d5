package dev.lakehouse.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.databricks.Deployment.Ended;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The project's bundle from its first deployment to its removal, on every target, by the Databricks CLI itself. */
@Tag("databricks")
class DeployTest {
    @TempDir
    private Path folder;

    private Deployment deployment;

    @AfterEach
    void everyRequestWasUnderstood() throws Exception {
        if (deployment != null) {
            deployment.workspace().assertNothingRefused();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "dev_serverless", "staging", "prod"})
    void validationHasNothingToSay(String target) throws Exception {
        deployment = Deployment.of(target, folder);

        Ended validation = deployment.bundle("validate", "--strict").succeeded();

        assertThat(validation.text()).contains("Validation OK!");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "dev_serverless", "staging", "prod"})
    void aSecondPlanIsEmpty(String target) throws Exception {
        deployment = Deployment.of(target, folder);

        Ended first = deployment.bundle("plan").succeeded();
        deployment.deploy();
        Ended second = deployment.bundle("plan").succeeded();

        assertThat(first.out()).containsPattern("Plan: [1-9][0-9]* to add, 0 to change, 0 to delete, 0 unchanged");
        assertThat(second.out()).containsPattern("Plan: 0 to add, 0 to change, 0 to delete, [1-9][0-9]* unchanged");
    }
}
