package dev.lakehouse.testing;

import dev.lakehouse.extract.ExtractTable;
import dev.lakehouse.invoices.LoadInvoices;
import dev.lakehouse.ledger.Ledger;
import dev.lakehouse.members.LoadMembers;
import dev.lakehouse.replicate.LoadTable;
import dev.lakehouse.replicate.ReconcileTable;
import dev.lakehouse.sample.invoices.GenerateInvoices;
import dev.lakehouse.secrets.SecretReference;
import dev.lakehouse.source.kafka.KafkaServer;
import dev.lakehouse.source.mysql.KeyRanges;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.spark.Session;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.table.Tables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/**
 * An empty lakehouse for one test: a MySQL database, a landing and schemas {@code lake}, {@code members} and {@code invoices} of its
 * own, on the servers, the session and the ledger that all tests share.
 */
public final class TestLakehouse {
    private static final String WAREHOUSE = freshPlace() + "/warehouse";
    private static final List<String> SCHEMAS =
            List.of("lake", "members", "invoices", "activity", "blog_analysis", "spending", "orders");
    private static SparkSession session;

    private final MySqlServer mysql = TestServers.freshDatabase();
    private final String landing;
    private final String runId;
    private int otherSettings;

    private TestLakehouse(String landing, String runId) {
        this.landing = landing;
        this.runId = runId;
    }

    /** A new one; the tables of the tests before are dropped. */
    public static TestLakehouse fresh() {
        return withLanding(freshPlace());
    }

    /** Tables and landings are on the local disk, which is a quarter faster, or on S3 with {@code -Dlakehouse.tables=s3}. */
    private static String freshPlace() {
        return "s3".equals(System.getProperty("lakehouse.tables"))
                ? TestServers.freshPrefix()
                : TestServers.freshFolder();
    }

    /** The same with a landing on S3 in any case, for tests that are about S3. */
    public static TestLakehouse landingOnS3() {
        return withLanding(TestServers.freshPrefix());
    }

    private static TestLakehouse withLanding(String place) {
        SCHEMAS.stream()
                .filter(schema -> session().catalog().databaseExists(schema))
                .forEach(schema -> session().sql("DROP SCHEMA " + schema + " CASCADE"));
        return new TestLakehouse(place + "/landing", UUID.randomUUID().toString());
    }

    /** The same with another MySQL database. */
    public TestLakehouse withAnotherDatabase() {
        return new TestLakehouse(landing, runId);
    }

    /** The session that all tests share. */
    public static synchronized SparkSession session() {
        if (session == null) {
            try {
                Path scratch = Files.createTempDirectory("lakehouse-spark");
                Map<String, String> settings = new HashMap<>(TestServers.s3().sparkSettings(scratch));
                settings.putAll(Session.FEW_ROWS);
                settings.put("spark.sql.maxPlanStringLength", "100");
                settings.put("spark.sql.adaptive.enabled", "false");
                settings.put("spark.sql.codegen.cache.maxEntries", "5000");
                settings.put("spark.databricks.delta.allFilesInCrc.verificationMode.forceOnNonUTC.enabled", "false");
                settings.put("spark.hadoop.fs.file.impl", PosixFileSystem.class.getName());
                settings.put("spark.hadoop.fs.AbstractFileSystem.file.impl", PosixFileSystem.Context.class.getName());
                settings.put(Ledger.PENDING, scratch.resolve("ledger").toString());
                settings.put(Ledger.PENDING_WAREHOUSE, WAREHOUSE);
                session = Session.local(scratch, settings);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Session.current();
    }

    public MySqlServer mysql() {
        return mysql;
    }

    /** The Kafka server that all tests share, started when the first one asks; {@link TestServers#freshTopic}. */
    public static KafkaServer kafka() {
        return TestServers.kafka();
    }

    public String landing() {
        return landing;
    }

    public String warehouse() {
        return WAREHOUSE;
    }

    /** A folder or file of a table's extracts, such as {@code extract=000001} or {@code _manifests/000001.json}. */
    public String landing(String table, String path) {
        String source = landing() + "/" + mysql.database() + "/";
        return path.startsWith("_") ? source + path.replaceFirst("/", "/" + table + "/") : source + table + "/" + path;
    }

    /** Runs statements in MySQL. */
    public TestLakehouse mysql(String... statements) {
        try (Connection connection = mysql.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
            return this;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The one row of a query in MySQL, as its values' text. */
    public String mysqlRow(String query) {
        try (Connection connection = mysql.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                values.add(String.valueOf(row.getString(i)));
            }
            return String.join("|", values);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A reference to a file that holds a secret. */
    public SecretReference secretFile(String secret) {
        try {
            Path file = Files.createTempFile("lakehouse-secret", "");
            file.toFile().deleteOnExit();
            Files.writeString(file, secret);
            return SecretReference.file(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Extracts a table; returns what was printed. */
    public String extract(String table, String... options) {
        return task(ExtractTable::main, with(source(table), options));
    }

    /** Makes another extract of a table that has not changed, by other settings. */
    public String extractAnew(String table) {
        return extract(table, "--range-rows=" + (KeyRanges.ROWS + ++otherSettings));
    }

    /** Loads a table into {@code lake.TABLE}; returns what was printed. */
    public String load(String table, String... options) {
        return task(LoadTable::main, with(target(table, "lake." + table.replace(' ', '_')), options));
    }

    /** Loads members into {@code members.members}; returns what was printed. */
    public String loadMembers(String... options) {
        return task(LoadMembers::main, with(target("members", "members.members"), options));
    }

    /** Loads the documents of a folder or a glob; returns what was printed. */
    public String loadInvoices(String input, String... options) {
        return task(LoadInvoices::main, with(List.of("--landing=" + landing(), "--input=" + input), options));
    }

    /** Fills the tables of invoices with generated ones; returns what was printed. */
    public String generateInvoices(long rows, long seed) {
        return task(GenerateInvoices::main, List.of("--landing=" + landing(), "--rows=" + rows, "--seed=" + seed));
    }

    /** Compares a table with {@code lake.TABLE}; returns what was printed. */
    public String reconcile(String table, String target, String... options) {
        return task(ReconcileTable::main, with(with(source(table), "--target=" + target), options));
    }

    /** Runs any task on this lakehouse's warehouse; returns what was printed. */
    public String task(Consumer<String[]> main, List<String> options) {
        return printed(main, with(options, "--warehouse=" + warehouse(), "--run-id=" + runId));
    }

    /** The parameters of a task that reads a MySQL table. */
    public List<String> source(String table) {
        return List.of(
                "--mysql-url=" + mysql.url(),
                "--mysql-user=" + mysql.user(),
                "--mysql-password=" + mysql.password(),
                "--table=" + table,
                "--landing=" + landing());
    }

    private List<String> target(String table, String target) {
        return List.of("--table=" + table, "--landing=" + landing(), "--target=" + target);
    }

    /** The rows of a query over the tables that were registered so far, each as its values' text. */
    public List<String> query(String sql) {
        return query(sql, Map.of());
    }

    /** The rows of a query with named parameters. */
    public List<String> query(String sql, Map<String, Object> parameters) {
        if (sql.contains(Ledger.TABLE.toString())) {
            commitLedger();
        }
        return session().sql(sql, parameters).collectAsList().stream()
                .map(row -> {
                    List<String> values = new ArrayList<>();
                    for (int i = 0; i < row.size(); i++) {
                        values.add(String.valueOf(row.get(i)));
                    }
                    return String.join("|", values);
                })
                .toList();
    }

    /** Commits the rows that tasks have appended to the ledger, so that other queries than {@link #query} find them. */
    public static void commitLedger() {
        Ledger.in(session(), Tables.at(session(), WAREHOUSE)).commitPending();
    }

    /** Columns of the ledger's rows of this lakehouse, oldest first, where a condition holds. */
    public List<String> ledger(String columns, String condition) {
        return query("SELECT " + columns + " FROM ops.task_runs WHERE run_id = '" + runId + "' AND " + condition
                + " ORDER BY started_at");
    }

    /** How many commits a table has. */
    public long version(String table) {
        return session().sql("DESCRIBE HISTORY " + table + " LIMIT 1").head().getLong(0);
    }

    /** The data files that lie in a table's folder, whether the table still uses them or not. */
    public long dataFiles(String table) {
        String folder = warehouse() + "/" + table.replace('.', '/');
        return FileStore.of(folder).filesBelow(folder).stream()
                .filter(file ->
                        file.name().endsWith(".parquet") && !file.location().contains("_delta_log"))
                .count();
    }

    private static List<String> with(List<String> options, String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(Arrays.asList(more));
        return all;
    }

    private static String printed(Consumer<String[]> task, List<String> arguments) {
        session();
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            task.accept(arguments.toArray(String[]::new));
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
