package dev.lakehouse.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.databricks.Deployment.Ended;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQL on the deployed warehouse. */
@Tag("databricks")
class RemoteSqlTest {
    @TempDir
    private Path folder;

    private Deployment deployment;

    @BeforeEach
    void deploy() throws Exception {
        deployment = Deployment.of("dev", folder);
        deployment.deploy();
    }

    @Test
    void allRowsArriveAsCsv() throws Exception {
        Ended query = deployment
                .remote("sql", "--format", "csv", "SELECT * FROM numbers(1000)")
                .succeeded();

        assertThat(query.err()).isEmpty();
        assertThat(query.out())
                .isEqualTo(IntStream.range(0, 1000)
                        .mapToObj(n -> n + ",row " + n + "\n")
                        .collect(Collectors.joining("", "n,text\n", "")));
        deployment.workspace().assertNothingRefused();
    }

    @Test
    void aMistakeHasStatus1() throws Exception {
        Ended query = deployment.remote("sql", "SELECT * FROM nothing").failed();

        assertThat(query.out()).isEmpty();
        assertThat(query.err()).contains("cannot be run on the warehouse", "unsupported statement");
    }
}
