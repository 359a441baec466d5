package dev.lakehouse.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What later deployments change, and what they leave alone. */
@Tag("databricks")
class RedeployTest {
    private static final String QUERY = "schemas/invoices/queries/3_best_date.sql";

    @TempDir
    private Path folder;

    private Deployment deployment;
    private Deployed before;

    @BeforeEach
    void deploy() throws Exception {
        deployment = Deployment.of("prod", folder);
        deployment.deploy();
        before = deployment.workspace().deployed();
    }

    @Test
    void aChangedParameterChangesItsTaskOnly() throws Exception {
        deployment.checkout().edit("workflows/orders_stream.yml", "default: 10 seconds", "default: 30 seconds");

        String plan = deployment.bundle("plan").succeeded().out();
        deployment.deploy();

        assertThat(plan).contains("update jobs.orders_stream", "Plan: 0 to add, 1 to change, 0 to delete");
        assertThat(changes())
                .containsExactly(Map.entry("jobs.job orders_stream.settings.parameters[every].default", "30 seconds"));
    }

    @Test
    void aChangedQueryChangesItsFileOnly() throws Exception {
        Path query = deployment.checkout().root().resolve(QUERY);
        Files.writeString(query, "\n-- another line\n", StandardOpenOption.APPEND);

        deployment.deploy();

        assertThat(changes())
                .containsExactly(Map.entry("files." + deployment.root() + "/files/" + QUERY, Deployed.sha256(query)));
    }

    @Test
    void thePreviousJarComesBackByDeployingItAgain() throws Exception {
        Path jar = deployment.checkout().jar();
        byte[] previous = Files.readAllBytes(jar);
        Files.write(jar, new byte[] {0}, StandardOpenOption.APPEND);
        deployment.deploy();
        Map<String, String> changed = changes();

        Files.write(jar, previous);
        deployment.deploy();

        assertThat(changed).containsOnlyKeys("files." + deployment.root() + "/artifacts/.internal/lakehouse.jar");
        assertThat(changes()).isEmpty();
    }

    private SortedMap<String, String> changes() throws Exception {
        return deployment.workspace().deployed().differencesFrom(before);
    }
}
