package dev.lakehouse.connect;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.connect.ConnectClient.Ended;
import dev.lakehouse.task.AcceptsArguments;
import dev.lakehouse.testing.TestLakehouse;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every task of the deployed jar on Spark Connect, which is what serverless compute and standard access mode are: it runs,
 * or it is refused by name.
 */
@Tag("databricks")
final class ConnectTasksTest {
    private static final String COUNTS = "rows_read, rows_inserted, rows_updated, rows_quarantined, rows_deduplicated";

    /** By the simple name of the task's class. */
    private static final Map<String, Case> CASES = Map.ofEntries(
            entry("ApplySchemas", ConnectTasksTest::applySchemas),
            entry("CheckSource", () -> refused("members_extract", "CheckSource")),
            entry("ExtractTable", () -> refused("members_extract", "ExtractTable")),
            entry("ExtractSourceTable", ConnectTasksTest::extractSourceTable),
            entry("LoadSourceTable", ConnectTasksTest::loadSourceTable),
            entry("VerifyExtract", ConnectTasksTest::verifyExtract),
            entry("LoadMembers", ConnectTasksTest::loadMembers),
            entry("LoadTable", ConnectTasksTest::loadTable),
            entry("ReconcileTable", ConnectTasksTest::reconcileTable),
            entry("RemoveExtracts", ConnectTasksTest::removeExtracts),
            entry("TidyTable", ConnectTasksTest::tidyTable),
            entry("LoadActivity", ConnectTasksTest::loadActivity),
            entry("LoadInvoices", ConnectTasksTest::loadInvoices),
            entry("IngestVotes", ConnectTasksTest::ingestVotes),
            entry("OutlierWeeks", ConnectTasksTest::outlierWeeks),
            entry("LoadCustomers", ConnectTasksTest::loadCustomers),
            entry("StreamOrders", () -> refused("orders", "StreamOrders")),
            entry("RankIndustries", ConnectTasksTest::rankIndustries),
            entry("SpendingByAgeGroup", ConnectTasksTest::spendingByAgeGroup));

    @TempDir
    private static Path folder;

    private static ConnectServer server;
    private static ConnectInput input;
    private static ConnectTasks tasks;

    private interface Case {
        void check() throws IOException;
    }

    @BeforeAll
    static void start() throws IOException {
        List<Path> client = ClassPath.of("connect-client");
        assertThat(client).as("what a client has").noneMatch(jar -> jar.toString()
                .matches(".*(spark-sql_|spark-core_|hadoop|delta).*"));
        server = ConnectServer.start(Files.createDirectory(folder.resolve("server")));
        input = new ConnectInput(TestLakehouse.fresh(), folder).prepared();
        tasks = new ConnectTasks(
                server,
                new ConnectClient(server, Files.createDirectory(folder.resolve("client"))),
                input.variables(),
                Map.of("tidy_every_days", "0", "as_of", "2026-03-29T12:34:56Z"));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    /** The names of the classes in the jar that are tasks. */
    static Stream<String> tasksOfTheJar() {
        return JarClasses.all().keySet().stream().filter(ConnectTasksTest::isTask);
    }

    private static boolean isTask(String name) {
        try {
            Class<?> type = Class.forName(name, false, ConnectTasksTest.class.getClassLoader());
            return AcceptsArguments.class.isAssignableFrom(type)
                    && !type.isInterface()
                    && !Modifier.isAbstract(type.getModifiers());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("tasksOfTheJar")
    void runsOrIsRefusedByName(String task) throws IOException {
        String name = task.replaceFirst(".*\\.", "");
        assertThat(CASES.keySet()).as("tasks that are known on Spark Connect").contains(name);

        CASES.get(name).check();
    }

    @Test
    void aLocationThatOnlyHadoopReachesIsRefused() {
        Ended ended = tasks.run(
                "dev.lakehouse.extract.VerifyExtract",
                "s3",
                List.of("--catalog=spark_catalog", "--table=members", "--landing=s3a://bucket/landing"));

        assertThat(ended.status()).isOne();
        assertThat(ended.output())
                .contains("s3a://bucket/landing")
                .contains("cannot be reached from this compute.")
                .contains("(Spark Connect)")
                .contains("Give a path below /Volumes");
        assertThat(ended.hasStackTrace()).isFalse();
    }

    private static Ended succeeded(String workflow, String task) {
        Ended ended = tasks.run(workflow, task);
        assertSucceeded(ended);
        return ended;
    }

    private static void assertSucceeded(Ended ended) {
        assertThat(ended.status()).as(ended.output() + ended.log()).isZero();
        assertThat(ended.hasStackTrace()).as(ended.log()).isFalse();
    }

    private static void refused(String workflow, String task) {
        Ended ended = tasks.run(workflow, task);

        assertThat(ended.status()).as(ended.output() + ended.log()).isOne();
        assertThat(ended.output())
                .contains(task + " cannot run on this compute.")
                .contains("standard access mode")
                .contains("dedicated access mode");
        assertThat(ended.hasStackTrace()).isFalse();
        assertThat(tasks.ledger(workflow, task, "message"))
                .containsExactly("failed|" + task + " cannot run on this compute.");
    }

    private static void applySchemas() {
        Ended ended = succeeded("members_load", "ApplySchemas");

        // The workflow of invoices, which may have run before, creates members.members, too.
        assertThat(ended.output()).contains("created     members.members_quarantine\n");
        assertThat(tasks.rows("SHOW TBLPROPERTIES {members.members}"))
                .anyMatch(property -> property.startsWith("delta.constraints.email_has_one_at|"));
        assertThat(tasks.ledger("members_load", "ApplySchemas", "message")).containsExactly("succeeded|null");
    }

    private static void verifyExtract() {
        succeeded("members_extract", "VerifyExtract");

        assertThat(tasks.ledger("members_extract", "VerifyExtract", "extract, rows_read"))
                .containsExactly("succeeded|1|3");
    }

    private static void loadMembers() {
        succeeded("members_load", "LoadMembers");

        assertThat(tasks.rows("SELECT member_id, email, registration_date FROM {members.members} ORDER BY 1"))
                .containsExactly("m1|ada@example.org|2025-02-03", "m2|bo@example.org|2026-01-31");
        assertThat(tasks.rows("SELECT member_id, _reasons[0] FROM {members.members_quarantine}"))
                .containsExactly("m3|e-mail is not name@host");
        assertThat(tasks.ledger("members_load", "LoadMembers", "extract, rows_read, rows_written, rows_quarantined"))
                .containsExactly("succeeded|1|3|2|1");
    }

    /** No workflow has it: it is for tables without rules of their own. */
    private static void loadTable() {
        load("other.LoadTable", "members");

        assertThat(tasks.rows("SELECT member_id, email FROM {lake.members} ORDER BY 1"))
                .containsExactly("m1|ada@example.org", "m2|bo@example.org", "m3|nobody");
        assertThat(tasks.ledger("other", "LoadTable", "extract, rows_read, rows_inserted"))
                .containsExactly("succeeded|1|3|3");

        load("keyless.LoadTable", "notes");

        assertThat(tasks.rows("SELECT note, at, _extract FROM {lake.notes} ORDER BY note"))
                .containsExactly("a|2025-02-03|2", "a|2025-02-03|2", "b|null|2");
        assertThat(tasks.ledger("keyless", "LoadTable", "extract, rows_read, rows_inserted, rows_updated"))
                .containsExactlyInAnyOrder("succeeded|1|3|3|0", "succeeded|2|3|0|1");
    }

    /** The workflows of databases have them, which the project itself has none of. */
    private static void extractSourceTable() {
        Ended ended = tasks.run(
                "dev.lakehouse.extract.ExtractSourceTable",
                "extract_database",
                List.of(
                        "--run-id={{job.run_id}}",
                        "--catalog=${var.catalog}",
                        "--mysql-url=${var.mysql_url}",
                        "--mysql-user=${var.mysql_user}",
                        "--mysql-password=${var.mysql_password}",
                        "--table=members",
                        "--landing=${var.landing}"));

        assertThat(ended.status()).as(ended.output() + ended.log()).isOne();
        assertThat(ended.output()).contains("CheckSource cannot run on this compute.");
    }

    private static void loadSourceTable() {
        assertSucceeded(tasks.run(
                "dev.lakehouse.replicate.LoadSourceTable",
                "load_database",
                List.of(
                        "--run-id={{job.run_id}}",
                        "--catalog=${var.catalog}",
                        "--table=members",
                        "--landing=${var.landing}",
                        "--target=lake.members_of_database",
                        "--mysql-url=${var.mysql_url}",
                        "--mysql-user=${var.mysql_user}",
                        "--mysql-password=${var.mysql_password}",
                        "--every-days=0")));

        assertThat(tasks.rows("SELECT member_id, email FROM {lake.members_of_database} ORDER BY 1"))
                .containsExactly("m1|ada@example.org", "m2|bo@example.org", "m3|nobody");
        assertThat(tasks.rows("SELECT task, outcome, table_name FROM {ops.task_runs} WHERE run_id = 'load_database'"))
                .containsExactlyInAnyOrder(
                        "LoadTable|succeeded|lake.members_of_database",
                        "ReconcileTable|succeeded|lake.members_of_database",
                        "RemoveExtracts|succeeded|lake.members_of_database",
                        "TidyTable|succeeded|lake.members_of_database");
    }

    private static void load(String runId, String table) {
        assertSucceeded(tasks.run(
                "dev.lakehouse.replicate.LoadTable",
                runId,
                List.of(
                        "--run-id={{job.run_id}}",
                        "--catalog=${var.catalog}",
                        "--table=" + table,
                        "--landing=${var.landing}",
                        "--target=lake." + table)));
    }

    private static void reconcileTable() {
        Ended ended = succeeded("members_load", "ReconcileTable");

        assertThat(ended.output()).contains("3 rows");
        assertThat(tasks.ledger("members_load", "ReconcileTable", "table_name"))
                .containsExactly("succeeded|members.members");
    }

    private static void removeExtracts() {
        Ended ended = succeeded("members_load", "RemoveExtracts");

        assertThat(ended.output()).contains("0 old extracts; the newest 7 stay");
        assertThat(tasks.ledger("members_load", "RemoveExtracts", "table_name"))
                .containsExactly("succeeded|members.members");
    }

    private static void tidyTable() {
        succeeded("members_load", "TidyTable");

        assertThat(tasks.rows("DESCRIBE HISTORY {members.members}"))
                .anyMatch(commit -> commit.contains("|VACUUM END|"));
        assertThat(tasks.ledger("members_load", "TidyTable", "table_name"))
                .containsExactly("succeeded|members.members");
    }

    private static void loadActivity() {
        succeeded("activity", "LoadActivity");

        assertThat(tasks.rows("SELECT id, age_group_rank, widget_name FROM {activity.user_activity} ORDER BY 1, 3"))
                .containsExactly("u1|1|Emu", "u1|1|Oryx", "u2|2|null");
        assertThat(tasks.rows(
                        "SELECT id, location FROM parquet.`" + input.exports() + "/activity/user_activity` ORDER BY 1"))
                .containsExactly("u1|Peru", "u1|Peru", "u2|DE");
        assertThat(tasks.ledger("activity", "LoadActivity", "rows_read, rows_quarantined"))
                .containsExactlyInAnyOrder("succeeded|3|1", "succeeded|2|null");
    }

    private static void loadInvoices() {
        succeeded("invoices", "LoadInvoices");

        assertThat(tasks.rows("SELECT count(*), sum(line_count) > 24 FROM {invoices.fact_invoice}"))
                .containsExactly("24|true");
        assertThat(tasks.rows("SELECT count(*) FROM {invoices.invoices_quarantine}"))
                .containsExactly("0");
        assertThat(tasks.ledger("invoices", "LoadInvoices", "rows_read")).containsExactly("succeeded|24");
    }

    private static void ingestVotes() {
        succeeded("votes_ingest", "IngestVotes");

        assertThat(tasks.rows("SELECT id FROM {blog_analysis.votes} ORDER BY id"))
                .containsExactly("1", "2", "3");
        assertThat(tasks.rows("SELECT _line, _text FROM {blog_analysis.votes_quarantine}"))
                .containsExactly("5|no vote");
        assertThat(tasks.ledger("votes_ingest", "IngestVotes", COUNTS)).containsExactly("succeeded|5|3|0|1|1");
    }

    private static void outlierWeeks() {
        succeeded("votes_ingest", "IngestVotes");

        Ended ended = succeeded("votes_outliers", "OutlierWeeks");

        assertThat(ended.output()).containsPattern("2022 +0 +1\n").containsPattern("2022 +1 +2\n");
        assertThat(tasks.ledger("votes_outliers", "OutlierWeeks", "message")).containsExactly("succeeded|null");
    }

    private static void loadCustomers() {
        succeeded("orders", "LoadCustomers");

        assertThat(tasks.rows("SELECT customer_id, company_name FROM {orders.customers} ORDER BY 1"))
                .containsExactly("c1|One again", "c2|Two");
        assertThat(tasks.rows("SELECT customer_id, industry FROM {orders.customer_industries} ORDER BY 1, 2"))
                .containsExactly("c1|Oil&Gas", "c2|Food", "c2|Polymer");
        assertThat(tasks.ledger("orders", "LoadCustomers", COUNTS)).containsExactly("succeeded|3|2|0|0|1");
    }

    private static void rankIndustries() throws IOException {
        succeeded("orders", "LoadCustomers");
        tasks.rows("INSERT INTO {orders.customer_hourly} VALUES"
                + " ('c1', TIMESTAMP'2026-03-29 11:00:00Z', 60, 1, now()),"
                + " ('c1', TIMESTAMP'2026-03-28 11:00:00Z', 600, 1, now())");

        succeeded("orders", "RankIndustries");

        assertThat(tasks.rows("SELECT unix_seconds(as_of), industry, amount_24h, daily_mean, relative_change, status"
                        + " FROM {orders.industry_change} WHERE rank = 1"))
                .containsExactly("1774785600|Oil&Gas|60.0000|20.000000|2.0000000000|changed");
        assertThat(ImageIO.read(Path.of(input.exports(), "orders/industry_change.png")
                                .toFile())
                        .getWidth())
                .isPositive();
        assertThat(tasks.ledger("orders", "RankIndustries", "rows_inserted")).containsExactly("succeeded|10");
    }

    private static void spendingByAgeGroup() {
        succeeded("spending", "SpendingByAgeGroup");

        assertThat(tasks.rows("SELECT age_group, total_spending FROM {spending.age_group_spending} ORDER BY 1"))
                .containsExactly("Middle-aged|20.50", "Senior|0.00", "Unknown|5.00", "Young|10.00");
        assertThat(folder.resolve("personal/spending/combined_data.csv"))
                .content()
                .contains("9,,,,,,Unknown,Lamp,5.00\n");
        assertThat(tasks.ledger("spending", "SpendingByAgeGroup", "rows_quarantined"))
                .containsExactly("succeeded|1");
    }
}
