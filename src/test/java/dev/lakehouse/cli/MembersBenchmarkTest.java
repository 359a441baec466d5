package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.cli.Launcher.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small benchmarks of the path of members. */
final class MembersBenchmarkTest {
    @TempDir
    Path directory;

    @Test
    @Tag("cli")
    void copyAndProofAreMeasuredAndOnlyTheHomesOwnTablesAreLeft() throws Exception {
        // A row that a killed command left: the benchmark's session registers the home's ledger to commit it.
        Path pending = Files.createDirectories(directory.resolve(".lakehouse/ledger"));
        Files.writeString(pending.resolve("1-1-killed-1.json"), """
                {"runId":"killed","task":"ExtractTable","startedAt":"2026-01-31T06:00:00Z","durationMillis":1,\
                "outcome":"SUCCEEDED","measures":{}}
                """);

        JsonNode results = benchmark("--rows", "2000", "--extract-only");

        assertThat(results.path("rows").asLong()).isEqualTo(2000);
        assertThat(results.path("measured")
                        .path("extract")
                        .path(0)
                        .path("parts")
                        .fieldNames())
                .toIterable()
                .contains("copying", "summing in MySQL");
        assertThat(results.path("ratios")
                        .path("rate of the copy / rate of a drain by 1 connection")
                        .asDouble())
                .isPositive();
        assertThat(results.path("sizes").path("extract, files").asLong()).isPositive();
        assertThat(Launcher.in(directory)
                        .run("sql", "SELECT run_id FROM ops.task_runs")
                        .out())
                .contains("killed");
    }

    @Test
    @Tag("heavy")
    void allTasksAreMeasuredBesidePlainSparkUnchangedAndChanged() throws Exception {
        JsonNode results = benchmark("--rows", "2000", "--repeat", "2");

        assertThat(results.path("measured").path("all tasks, first run")).hasSize(2);
        assertThat(results.path("measured").path("unchanged, all tasks")).hasSize(2);
        assertThat(results.path("measured").path("0.1% changed, all tasks")).hasSize(2);
        assertThat(results.path("ratios")
                        .path("rows copied / rows changed, 10% changed")
                        .asDouble())
                .isEqualTo(10);
        assertThat(results.path("sizes").path("table, files").asLong()).isPositive();
    }

    private JsonNode benchmark(String... options) throws Exception {
        Path json = directory.resolve("results.json");
        List<String> command = new ArrayList<>(List.of("--servers", "embedded", "benchmark", "members"));
        command.addAll(List.of(options));
        command.addAll(List.of("--json", json.toString()));

        Ended run = Launcher.in(directory).run(command.toArray(String[]::new));

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).as(run.out()).isZero();
        assertThat(run.out()).contains("\n== results\nmachine: ").doesNotContain("\n-- ");
        assertThat(directory.resolve(".lakehouse/s3/lakehouse/benchmark")).doesNotExist();
        assertThat(directory.resolve(".lakehouse/mysql/data/lakehouse_benchmark"))
                .doesNotExist();
        return new ObjectMapper().readTree(json.toFile());
    }
}
