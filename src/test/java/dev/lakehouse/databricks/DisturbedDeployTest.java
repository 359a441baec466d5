package dev.lakehouse.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.databricks.Deployment.Ended;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Deployments in which something goes wrong on the way: the next one completes them, and the workspace is then the same as
 * if nothing had happened.
 */
@Tag("databricks")
class DisturbedDeployTest {
    private static final String JOB = "POST /api/2.2/jobs/create";
    private static final String JAR = "POST /api/2.0/workspace-files/import-file/.*/lakehouse.jar";
    private static final int KILLED = 128 + 9;

    private static final Map<String, Deployed> UNDISTURBED = new HashMap<>();

    @TempDir
    private Path folder;

    private Deployment deployment;

    @BeforeEach
    void start() throws Exception {
        deployment = Deployment.of("dev", folder.resolve("disturbed"));
    }

    @Test
    void aThrottledDeployWaitsAndCompletes() throws Exception {
        deployment.workspace().throttle(JOB, 3, "1");
        deployment.workspace().throttle(JAR, 1, "1");

        deployment.deploy();

        assertSameAsUndisturbed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/2.2/jobs/create",
                "POST /api/2.1/unity-catalog/schemas",
                "POST /api/2.1/unity-catalog/volumes",
                "POST /api/2.0/sql/warehouses",
                "POST /api/2.0/workspace-files/import-file/*"
            })
    void afterAnErrorOfTheWorkspaceTheNextDeployCompletes(String request) throws Exception {
        deployment.workspace().failRequests(request, 0, 1);

        Ended failed = deployment.bundle("deploy").failed();
        deployment.deploy();

        assertThat(failed.text()).contains("the workspace has a bad day");
        assertSameAsUndisturbed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT /api/2.0/permissions/jobs/*",
                "PATCH /api/2.1/unity-catalog/permissions/*",
                "PUT /api/2.0/permissions/sql/*"
            })
    void aRequestThatMayBeRepeatedIsRepeatedAfterAnError(String request) throws Exception {
        deployment.workspace().failRequests(request, 0, 1);

        Ended deploy = deployment.deploy();

        assertThat(deploy.text()).contains("retrying after 500 Internal Server Error");
        assertSameAsUndisturbed();
    }

    /**
     * The CLI repeats an upload whose connection is reset, but not one that ends with a broken pipe. Which of the two it sees
     * depends on whether its reading or its writing end learns of the reset first.
     */
    @Test
    void anUploadThatIsCutIsRepeatedByTheCliOrByTheNextDeploy() throws Exception {
        deployment.workspace().cut(JAR, 1, 1_000_000);

        Ended cut = deployment.bundle("deploy");
        deployment.deploy();

        if (cut.status() != 0) {
            assertThat(cut.text()).contains("unable to import lakehouse.jar").contains("broken pipe");
        }
        assertSameAsUndisturbed();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void afterAKillTheNextDeployCompletes(int jobsBefore) throws Exception {
        deployment.workspace().killClient(JOB, jobsBefore);

        Ended killed = deployment.bundle("deploy");
        deployment.deploy();

        assertThat(killed.status()).isEqualTo(KILLED);
        assertSameAsUndisturbed();
    }

    @Test
    void afterAKillDuringTheUploadTheNextDeployCompletes() throws Exception {
        deployment
                .workspace()
                .killClient(
                        "POST /api/2.0/workspace-files/import-file" + deployment.artifacts()
                                + "/.internal/lakehouse.jar",
                        0);

        Ended killed = deployment.bundle("deploy");
        deployment.deploy();

        assertThat(killed.status()).isEqualTo(KILLED);
        assertSameAsUndisturbed();
    }

    @Test
    void whereDeploymentsAreLockedTheLockOfAKilledOneIsTakenByForce() throws Exception {
        deployment = Deployment.of("staging", folder.resolve("locked"));
        deployment.workspace().killClient(JOB, 3);
        deployment.bundle("deploy");

        Ended refused = deployment.bundle("deploy").failed();
        deployment.deploy("--force-lock");

        assertThat(refused.text()).contains("Use --force-lock to override");
        assertSameAsUndisturbed();
    }

    private void assertSameAsUndisturbed() throws Exception {
        assertThat(deployment.workspace().deployed().differencesFrom(undisturbed(deployment.target())))
                .isEmpty();
        assertThat(deployment.bundle("plan").succeeded().out()).contains("Plan: 0 to add, 0 to change, 0 to delete");
        deployment.workspace().assertNothingRefused();
    }

    private Deployed undisturbed(String target) throws Exception {
        if (!UNDISTURBED.containsKey(target)) {
            Deployment other = Deployment.of(target, folder.resolve("undisturbed"));
            other.deploy();
            UNDISTURBED.put(target, other.workspace().deployed());
        }
        return UNDISTURBED.get(target);
    }
}
