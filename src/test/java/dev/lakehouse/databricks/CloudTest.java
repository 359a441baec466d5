package dev.lakehouse.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The machines of classic jobs are those of the cloud that the variable {@code cloud} names. */
@Tag("databricks")
class CloudTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"aws, m6gd.xlarge", "azure, Standard_D4ds_v5"})
    void theCloudChoosesTheMachines(String cloud, String machine) throws Exception {
        Deployment deployment = Deployment.of("dev", folder);
        String variable = "--var=cloud=" + cloud;

        deployment.bundle("validate", "--strict", variable).succeeded();
        deployment.deploy(variable);

        List<String> machines = deployment.workspace().deployed().jobs().values().stream()
                .flatMap(job -> Flat.values(job.path("job_clusters")).stream())
                .map(CloudTest::machine)
                .toList();
        assertThat(machines).hasSizeGreaterThan(1).containsOnly(machine);
        deployment.workspace().assertNothingRefused();
    }

    private static String machine(JsonNode cluster) {
        return cluster.at("/new_cluster/node_type_id").asText();
    }
}
