package dev.lakehouse.sample.members;

import dev.lakehouse.UserError;
import dev.lakehouse.extract.ExtractTable;
import dev.lakehouse.extract.VerifyExtract;
import dev.lakehouse.ledger.Ledger;
import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun;
import dev.lakehouse.members.LoadMembers;
import dev.lakehouse.replicate.ReconcileTable;
import dev.lakehouse.sample.SampleTarget;
import dev.lakehouse.sample.SampleTarget.Server;
import dev.lakehouse.source.mysql.KeyRanges;
import dev.lakehouse.source.mysql.MySqlErrors;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.source.mysql.Snapshot;
import dev.lakehouse.source.mysql.SourceSettings;
import dev.lakehouse.source.mysql.SourceTable;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.storage.StoredFile;
import dev.lakehouse.table.Tables;
import dev.lakehouse.task.ApplySchemas;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;

/**
 * What a benchmark of members works on, on the home's servers: a MySQL database, a landing and tables of its own. All of it
 * is deleted when this is closed; what a killed benchmark left there is deleted first.
 */
final class BenchmarkPlace implements AutoCloseable {
    private static final String DATABASE = "lakehouse_benchmark";
    private static final List<String> SCHEMAS = List.of("members", "ops");

    private final SampleTarget target;
    private final MySqlServer mysql;
    private final String ledger = System.getProperty("java.io.tmpdir") + "/lakehouse-benchmark-" + UUID.randomUUID();
    private final Map<String, String> ledgerOfHome = new HashMap<>();
    private int rounds;

    private BenchmarkPlace(SampleTarget target, MySqlServer mysql) {
        this.target = target;
        this.mysql = mysql;
    }

    static BenchmarkPlace open(SampleTarget target) {
        if (!target.isLocal(Server.MYSQL) || !target.isLocal(Server.S3)) {
            throw new UserError(
                    "The benchmark cannot use your own servers.",
                    "It fills a MySQL database and a landing, and deletes both at its end.",
                    "Omit the options of your own servers, or use another --home, whose servers are local.");
        }
        MySqlServer home = target.mysql();
        MySqlServer own =
                new MySqlServer(home.address().replaceFirst("[^/]*$", DATABASE), home.user(), home.password());
        BenchmarkPlace place = new BenchmarkPlace(target, own);
        place.delete();
        place.execute("CREATE DATABASE " + DATABASE);
        return place;
    }

    /** Ledger rows of the benchmark go into files of its own, as those of a run on a laptop; they are never committed. */
    private void divertLedger() {
        Map.of(Ledger.PENDING, ledger + "/round-" + rounds, Ledger.PENDING_WAREHOUSE, warehouse())
                .forEach((name, value) -> {
                    ledgerOfHome.putIfAbsent(name, session().conf().get(name));
                    session().conf().set(name, value);
                });
    }

    SparkSession session() {
        return target.spark();
    }

    MySqlServer mysql() {
        return mysql;
    }

    MembersSource source() {
        return MembersSource.of(mysql);
    }

    /** A folder for files of other programs. */
    String folder(String name) {
        return all() + "/" + name;
    }

    /** Starts with an empty landing and without tables. */
    void startAnew() {
        dropTables();
        files().delete(landing());
        rounds++;
        divertLedger();
    }

    void applySchemas() {
        run(ApplySchemas::main, "--tables=ops.task_runs,members.members,members.members_quarantine");
    }

    void extract() {
        runOnSource(
                ExtractTable::main,
                "--partition=registration_year=year(registration_date)",
                "--sort=registration_date");
    }

    /** Count and checksum of all key ranges by MySQL, which every proof takes. */
    void sums() {
        try (Connection connection = mysql.connect()) {
            SourceTable table = SourceTable.describe(mysql, connection, MembersSource.TABLE, SourceSettings.DEFAULT);
            KeyRanges ranges = KeyRanges.cut(connection, table, KeyRanges.ROWS);
            try (Snapshot snapshot = Snapshot.open(mysql, table, table.rowFormat())) {
                snapshot.sums(ranges);
            }
        } catch (SQLException e) {
            throw MySqlErrors.explain(mysql, e);
        }
    }

    void verify() {
        run(VerifyExtract::main, "--table=" + MembersSource.TABLE, "--landing=" + landing());
    }

    void load() {
        run(LoadMembers::main, "--table=" + MembersSource.TABLE, "--landing=" + landing(), "--target=members.members");
    }

    /** As the workflow does, which takes over the sums of an extract that was made just before. */
    void reconcile() {
        reconcile(15);
    }

    /** Compares the table with what is in its source now. */
    void compareWithSource() {
        reconcile(0);
    }

    private void reconcile(int reuseProofMinutes) {
        runOnSource(ReconcileTable::main, "--target=members.members", "--reuse-proof-minutes=" + reuseProofMinutes);
        if (latest().outcome() != TaskRun.Outcome.SUCCEEDED) {
            throw new IllegalStateException("The table is not equal to its source");
        }
    }

    /** How many rows the newest extract task wrote. */
    long rowsCopied() {
        return latest().result().measures().getOrDefault(Measure.ROWS_WRITTEN, 0L);
    }

    /** What the task that ran last wrote into the ledger. */
    private TaskRun latest() {
        List<TaskRun> all =
                Ledger.in(session(), Tables.at(session(), warehouse())).pending();
        return all.get(all.size() - 1);
    }

    private void runOnSource(Consumer<String[]> task, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--mysql-url=" + mysql.url(),
                "--mysql-user=" + mysql.user(),
                "--mysql-password=" + mysql.password(),
                "--table=" + MembersSource.TABLE,
                "--landing=" + landing()));
        arguments.addAll(List.of(more));
        run(task, arguments.toArray(String[]::new));
    }

    private void run(Consumer<String[]> task, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--warehouse=" + warehouse());
        all.add("--run-id=benchmark");
        task.accept(all.toArray(String[]::new));
    }

    /** The files of all extracts in the landing. */
    List<StoredFile> extractFiles() {
        return parquet(landing());
    }

    /** The files of the table. */
    List<StoredFile> tableFiles() {
        return parquet(warehouse() + "/members/members");
    }

    private List<StoredFile> parquet(String folder) {
        return files().filesBelow(folder).stream()
                .filter(file -> file.name().endsWith(".parquet"))
                .toList();
    }

    private String landing() {
        return all() + "/landing-" + rounds;
    }

    private String warehouse() {
        return all() + "/warehouse";
    }

    private String all() {
        return target.benchmarks() + "/members";
    }

    private FileStore files() {
        return FileStore.of(all());
    }

    private void execute(String sql) {
        MySqlServer home = target.mysql();
        try (Connection connection = home.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new UserError(
                    "The benchmark cannot make a database of its own.",
                    "MySQL did not allow the account '" + home.user() + "' to run: " + sql + ".",
                    "Use a home with the embedded server: --home DIRECTORY --servers embedded.");
        }
    }

    /** Tables of the home may be registered too, such as a ledger with the rows of a killed command: they stay. */
    private void dropTables() {
        SCHEMAS.stream().filter(this::isOwn).forEach(schema -> session().sql("DROP SCHEMA " + schema + " CASCADE"));
        files().delete(warehouse());
    }

    private boolean isOwn(String schema) {
        try {
            return session().catalog().databaseExists(schema)
                    && session().catalog().getDatabase(schema).locationUri().equals(warehouse() + "/" + schema);
        } catch (AnalysisException e) {
            throw new IllegalStateException("A schema that exists is not found", e);
        }
    }

    private void delete() {
        execute("DROP DATABASE IF EXISTS " + DATABASE);
        session();
        files().delete(all());
        if (files().filesBelow(target.benchmarks()).isEmpty()) {
            files().delete(target.benchmarks());
        }
    }

    @Override
    public void close() {
        try {
            ledgerOfHome.forEach(session().conf()::set);
            dropTables();
            FileStore.of(ledger).delete(ledger);
        } finally {
            delete();
        }
    }
}
