package dev.lakehouse.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.task.FailPoint;
import dev.lakehouse.testing.TestLakehouse;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An extract by executors in JVMs of their own, as on a cluster, one of which fails after it has written rows. */
@Tag("databricks")
class ExecutorsTest {
    private static final int ROWS = 1000;
    private static final String MARKER = "spark.lakehouse.marker";

    /** Makes the first task fail that has written its files, on whichever executor. */
    public static final class FailsOnce implements SparkPlugin {
        @Override
        public DriverPlugin driverPlugin() {
            return null;
        }

        @Override
        public ExecutorPlugin executorPlugin() {
            return new ExecutorPlugin() {
                @Override
                public void init(PluginContext context, Map<String, String> none) {
                    FailPoint.once(
                            "extract.group", () -> fail(Path.of(context.conf().get(MARKER))));
                }
            };
        }

        private static void fail(Path marker) {
            try {
                Files.createFile(marker);
            } catch (FileAlreadyExistsException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            throw new IllegalStateException("a failure after files were written");
        }
    }

    /** The driver. */
    static final class Driver {
        private Driver() {}

        public static void main(String[] arguments) {
            SparkSession session = SparkSession.builder()
                    .master("local-cluster[2,1,1024]")
                    .config("spark.ui.enabled", "false")
                    .config("spark.driver.host", "127.0.0.1")
                    .config("spark.plugins", FailsOnce.class.getName())
                    .config(MARKER, arguments[0])
                    .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                    .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                    .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                    .getOrCreate();
            List<String> options = List.of(arguments).subList(1, arguments.length);
            ExtractTable.main(options.toArray(String[]::new));
            session.stop();
        }
    }

    @Test
    void filesOfAnAttemptThatFailedAreNotPartOfTheExtract(@TempDir Path folder) throws Exception {
        TestLakehouse lakehouse = TestLakehouse.fresh()
                .mysql(
                        "CREATE TABLE shop (id INT PRIMARY KEY, name VARCHAR(50), day DATE) CHARACTER SET utf8mb4",
                        "INSERT INTO shop SELECT seq, CONCAT('article ', seq), '2025-01-31' FROM seq_1_to_" + ROWS);
        Path marker = folder.resolve("failed");
        Path sparkHome = Files.createDirectories(folder.resolve("spark/jars")).getParent();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of(System.getProperty("lakehouse.root"), "jvm.options"),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Driver.class.getName(),
                marker.toString(),
                "--warehouse=" + folder.resolve("warehouse"),
                "--run-id=1",
                "--partition=third=id % 3",
                "--range-rows=100"));
        command.addAll(lakehouse.source("shop").stream()
                .map(option -> option.startsWith("--landing=") ? "--landing=" + folder.resolve("landing") : option)
                .toList());
        ProcessBuilder driver = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        driver.environment()
                .putAll(Map.of(
                        "SPARK_HOME",
                        sparkHome.toString(),
                        "SPARK_LOCAL_IP",
                        "127.0.0.1",
                        "SPARK_SCALA_VERSION",
                        "2.13"));

        int status = driver.start().waitFor();

        String output = Files.readString(folder.resolve("output"), StandardCharsets.UTF_8);
        assertThat(status).as(output).isZero();
        assertThat(output).contains("source = Parquet: 1,000 rows");
        assertThat(marker).as("the mark that one task failed").exists();
        Landing landing = Landing.of(
                folder.resolve("landing").toString(), lakehouse.mysql().database(), "shop");
        Manifest manifest = landing.manifest(1);
        assertThat(manifest.rows()).isEqualTo(ROWS);
        assertThat(filesBelow(landing.directory(1)))
                .hasSize(6)
                .containsExactlyInAnyOrderElementsOf(manifest.files().stream()
                        .map(file -> landing.directory(1) + File.separator + file.path())
                        .toList());
    }

    private static List<String> filesBelow(String directory) {
        try (var files = Files.walk(Path.of(directory))) {
            return files.filter(Files::isRegularFile).map(Path::toString).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
