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

    @ParameterizedTest
    @ValueSource(strings = {"dev", "dev_serverless", "staging", "prod"})
    void theJarArrivesByteForByte(String target) throws Exception {
        deployment = Deployment.of(target, folder);

        deployment.deploy();

        assertThat(deployment.workspace().deployed().files())
                .containsEntry(
                        deployment.artifacts() + "/.internal/lakehouse.jar",
                        Deployed.sha256(deployment.checkout().jar()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "dev_serverless", "staging", "prod"})
    void theSummaryNamesWhatIsDeployed(String target) throws Exception {
        deployment = Deployment.of(target, folder);

        Ended before = deployment.bundle("summary").succeeded();
        deployment.deploy();
        Ended after = deployment.bundle("summary").succeeded();

        assertThat(before.out()).contains("(not deployed)");
        assertThat(after.out())
                .contains(deployment.workspace().deployed().jobs().keySet())
                // All but one have a page of their own; that of a scope of secrets is none, deployed or not.
                .containsOnlyOnce("(not deployed)")
                .containsPattern("Secret Scopes:\\R.*\\R.*\\R +URL: +\\(not deployed\\)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "dev_serverless", "staging", "prod"})
    void destroyLeavesNothing(String target) throws Exception {
        deployment = Deployment.of(target, folder);
        Deployed before = deployment.workspace().deployed();
        deployment.deploy();

        deployment.bundle("destroy", "--auto-approve").succeeded();

        Deployed after = deployment.workspace().deployed();
        assertThat(after.resources()).isEqualTo(before.resources());
        // What lies in a volume that the bundle did not make stays: there the jar, which the next deployment replaces.
        assertThat(after.files().keySet())
                .allMatch(path -> path.equals(deployment.artifacts() + "/.internal/lakehouse.jar")
                        && target.equals("dev_serverless"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "dev_serverless", "staging", "prod"})
    void theSameIsDeployedFromAnotherCheckout(String target) throws Exception {
        deployment = Deployment.of(target, folder);
        deployment.deploy();
        Deployed before = deployment.workspace().deployed();

        Deployment colleague = deployment.from(Checkout.in(folder.resolve("colleague")));
        colleague.deploy();

        assertThat(colleague.workspace().deployed().differencesFrom(before)).isEmpty();
    }
}
