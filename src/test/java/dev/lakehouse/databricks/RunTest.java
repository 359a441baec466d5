package dev.lakehouse.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.databricks.Deployment.Ended;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of deployed jobs, followed by the Databricks CLI. */
@Tag("databricks")
class RunTest {
    @TempDir
    private Path folder;

    private Deployment deployment;

    @BeforeEach
    void deploy() throws Exception {
        deployment = Deployment.of("dev", folder);
        deployment.deploy();
    }

    @Test
    void aRunThatSucceedsIsFollowedToItsEnd() throws Exception {
        Ended run = deployment.bundle("run", "members_load").succeeded();

        assertThat(run.text()).contains("[dev tester] members_load", "TERMINATED SUCCESS");
    }

    @Test
    void aRunThatFailsSaysWhyAndHasStatus1() throws Exception {
        deployment.workspace().letTaskFail("load", "Extract 000042 is not complete. It has no manifest.");

        Ended run = deployment.bundle("run", "members_load").failed();

        assertThat(run.text()).contains("Task load FAILED", "Extract 000042 is not complete. It has no manifest.");
    }
}
