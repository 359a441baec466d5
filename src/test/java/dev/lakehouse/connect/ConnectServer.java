package dev.lakehouse.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A Spark Connect server with Delta in a JVM of its own. Its class path is without the lakehouse's jar, as on Databricks:
 * what runs in executors arrives as an artifact. Tables lie on the local disk.
 */
final class ConnectServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Process process;
    private final Path folder;
    private final int port;

    private ConnectServer(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /** Starts one; returns when it answers. */
    static ConnectServer start(Path folder) throws IOException {
        List<Path> classPath = ClassPath.of("connect-server");
        int port = freePort();
        Map<String, String> settings = Map.ofEntries(
                Map.entry("spark.master", "local[2]"),
                Map.entry("spark.connect.grpc.binding.address", "127.0.0.1"),
                Map.entry("spark.connect.grpc.binding.port", Integer.toString(port)),
                Map.entry("spark.driver.host", "127.0.0.1"),
                Map.entry("spark.driver.bindAddress", "127.0.0.1"),
                Map.entry("spark.ui.enabled", "false"),
                Map.entry("spark.local.dir", folder.resolve("local").toString()),
                Map.entry("spark.sql.warehouse.dir", folder.resolve("warehouse").toString()),
                Map.entry("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension"),
                Map.entry("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog"),
                // Tables of a few rows: compiling queries and coordinating stages would be most of the work.
                Map.entry("spark.sql.codegen.wholeStage", "false"),
                Map.entry("spark.sql.codegen.factoryMode", "NO_CODEGEN"),
                Map.entry("spark.sql.adaptive.enabled", "false"),
                Map.entry("spark.sql.shuffle.partitions", "1"),
                Map.entry("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2"),
                Map.entry("spark.databricks.delta.snapshotPartitions", "1"),
                Map.entry("spark.databricks.delta.allFilesInCrc.enabled", "false"));
        List<String> command = ClassPath.java("2g", classPath);
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("org.apache.spark.sql.connect.service.SparkConnectServer");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
        ConnectServer server = new ConnectServer(process, folder, port);
        server.awaitStart();
        return server;
    }

    private void awaitStart() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!log().contains("Spark Connect server started")) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new IllegalStateException("The Spark Connect server does not start:\n" + log());
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    /** What clients take in the environment variable {@code SPARK_REMOTE}. */
    String remote() {
        return "sc://127.0.0.1:" + port;
    }

    /** Where a table of the server's catalogue lies. */
    Path table(String schema, String table) {
        return folder.resolve("warehouse").resolve(schema + ".db").resolve(table);
    }

    String log() {
        try {
            return Files.readString(folder.resolve("server.log"), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
