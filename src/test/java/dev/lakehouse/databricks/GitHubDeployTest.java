package dev.lakehouse.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.databricks.Deployment.Ended;
import dev.lakehouse.testing.GitHubWorkflow;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The steps of GitHub's workflows that speak to a workspace, run against an empty one. */
@Tag("databricks")
class GitHubDeployTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"staging", "prod"})
    void theStepsOfADeploymentDeployTheirTarget(String target) throws Exception {
        Deployment deployment = Deployment.of(target, folder);

        Ended ended =
                steps(deployment, GitHubWorkflow.named("deploy-target.yml").commands());

        assertThat(ended.succeeded().text()).contains("Validation OK!", "Plan: ", "Deployment complete!");
        assertThat(deployment.workspace().deployed().jobs()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "dev_serverless", "staging", "prod"})
    void theStepsOfAPullRequestChangeNothing(String target) throws Exception {
        Deployment deployment = Deployment.of(target, folder);
        Deployed before = deployment.workspace().deployed();

        Ended ended = steps(deployment, List.of(validation()));

        assertThat(ended.succeeded().text()).contains("Validation OK!");
        assertThat(deployment.workspace().deployed().differencesFrom(before)).isEmpty();
    }

    private static String validation() {
        List<String> commands = GitHubWorkflow.named("pull-request.yml").commands();
        assertThat(commands).hasSize(1);
        return commands.get(0);
    }

    private static Ended steps(Deployment deployment, List<String> commands) throws Exception {
        return deployment.shell("set -eo pipefail\nTARGET=" + deployment.target() + "\n" + String.join("\n", commands));
    }
}
