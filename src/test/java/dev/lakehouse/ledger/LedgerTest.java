package dev.lakehouse.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.ledger.TaskRun.Outcome;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.spark.Session;
import dev.lakehouse.table.Tables;
import dev.lakehouse.testing.NewProcess;
import dev.lakehouse.testing.TestServers;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private static final String WAREHOUSE = TestServers.freshPrefix();
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456789Z");
    private static final TaskRun FIRST = run(
            "first",
            0,
            Result.none()
                    .table("shop.goods")
                    .extract(7)
                    .checksum(new BigDecimal("12345678901234567890123456789012345678"))
                    .count(Measure.ROWS_INSERTED, 3));
    private static final TaskRun SECOND = new TaskRun(
            "it's \"second\"\n",
            "Load",
            NOON.plusSeconds(60),
            Duration.ofMillis(2_500),
            Outcome.FAILED,
            Result.none(),
            Optional.of("Łódź: the shop is shut."));

    @TempDir
    private Path folder;

    private final NewProcess process = new NewProcess();
    private final String warehouse = WAREHOUSE + "/" + System.nanoTime();
    private final Tables tables = Tables.at(process.session(), warehouse);
    private Ledger ledger;

    @BeforeEach
    void rowsArePending() {
        rowsArePending(process.session());
        ledger = Ledger.in(process.session(), tables);
    }

    private void rowsArePending(SparkSession session) {
        session.conf().set(Ledger.PENDING, folder.toString());
        session.conf().set(Ledger.PENDING_WAREHOUSE, warehouse);
    }

    @AfterEach
    void close() {
        process.close();
    }

    @Test
    void pendingRowsAreFoundBeforeAndAfterTheirOneCommit() {
        ledger.append(FIRST);
        ledger.append(SECOND);

        assertThat(ledger.pending()).containsExactly(FIRST, SECOND);
        assertThat(tables.find(Ledger.TABLE)).isFalse();
        assertLastRunsAreFound();

        ledger.commitPending();

        assertThat(ledger.pending()).isEmpty();
        assertThat(tables.version(Ledger.TABLE)).as("creation and one commit").isEqualTo(1);
        assertThat(process.session()
                        .table("ops.task_runs")
                        .orderBy("started_at")
                        .withColumn("started_at", functions.col("started_at").cast("string"))
                        .collectAsList())
                .extracting(Object::toString)
                .containsExactly(
                        "[first,Load,shop.goods,7,2026-03-01 12:00:00.123456,1000,succeeded,null,null,3,null,null,null,"
                                + "null,null,null,null,null,null,12345678901234567890123456789012345678,null,null]",
                        "[it's \"second\"\n,Load,null,null,2026-03-01 12:01:00.123456,2500,failed,null,null,null,null,"
                                + "null,null,null,null,null,null,null,null,null,Łódź: the shop is shut.,null]");
        assertLastRunsAreFound();
        ledger.commitPending();
        assertThat(tables.version(Ledger.TABLE)).as("nothing is pending").isEqualTo(1);
    }

    private void assertLastRunsAreFound() {
        assertThat(ledger.lastLoad("shop.goods", NOON).flatMap(Result::extract)).hasValue(7L);
        assertThat(ledger.lastLoad("shop.goods", NOON.plusSeconds(2))).isEmpty();
        assertThat(ledger.lastLoad("shop.other", NOON)).isEmpty();
        assertThat(ledger.lastSuccess("shop.goods", "Load"))
                .hasValueSatisfying(at -> assertThat(Duration.between(at, NOON)).isLessThan(Duration.ofNanos(1_000)));
        assertThat(ledger.lastSuccess("shop.goods", "Extract")).isEmpty();
    }

    @Test
    void rowsOfTasksThatRunAtTheSameTimeAreAllKept() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 100; i++) {
            String table = "shop.t" + i;
            threads.execute(() -> {
                SparkSession session = Session.beside(process.session());
                rowsArePending(session);
                Ledger.in(session, tables.in(session))
                        .append(run("same", 0, Result.none().table(table)));
            });
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

        assertThat(ledger.pending()).hasSize(100);
        ledger.commitPending();

        assertThat(process.session()
                        .table("ops.task_runs")
                        .select("table_name")
                        .distinct()
                        .count())
                .isEqualTo(100);
    }

    /** Of the tasks that run at the same time, some may have committed their rows before the command was killed. */
    @Test
    void aRowThatWasLeftBehindIsNotTakenForThatOfAnotherTable() throws IOException {
        ledger.append(run("same", 0, Result.none().table("shop.one")));
        ledger.commitPending();
        ledger.append(run("same", 0, Result.none().table("shop.one")));
        ledger.append(run("same", 0, Result.none().table("shop.two")));
        leaveBehind();

        ledger.commitPending();

        assertThat(process.session().table("ops.task_runs").select("table_name").collectAsList())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("[shop.one]", "[shop.two]");
    }

    /** A command may be killed before its commit, and between the commit and the removal of the pending rows. */
    @Test
    void rowsOfAKilledCommandAreCommittedOnce() throws IOException {
        ledger.append(FIRST);
        leaveBehind();
        ledger.commitPending();
        assertThat(runs()).as("killed before the commit").containsExactly("[first]");

        ledger.append(FIRST);
        leaveBehind();
        ledger.append(SECOND);
        ledger.commitPending();
        assertThat(runs()).as("killed after the commit").containsExactly("[first]", "[" + SECOND.runId() + "]");
        assertThat(ledger.pending()).isEmpty();
    }

    /** The pending rows become those of another command. */
    private void leaveBehind() throws IOException {
        String session = process.session().conf().get("spark.app.id");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.move(
                        file, file.resolveSibling(file.getFileName().toString().replace(session, "local-0")));
            }
        }
    }

    private List<String> runs() {
        return process.session().table("ops.task_runs").select("run_id").orderBy("started_at").collectAsList().stream()
                .map(Object::toString)
                .toList();
    }

    /** It stays for a version that can read it, and does not stop the others. */
    @Test
    void aFileThatIsNoRowIsLeftOut() throws IOException {
        Path damaged = Files.writeString(folder.resolve("0.json"), "{\"runId\":\"zero\",\"ta");
        ledger.append(FIRST);

        ledger.commitPending();

        assertThat(runs()).containsExactly("[first]");
        assertThat(folder).isDirectoryContaining(damaged::equals);
    }

    /** A benchmark, for example, must leave nothing in the ledger of the home. */
    @Test
    void tasksOnAnotherWarehouseCommitTheirRows() {
        process.session().conf().set(Ledger.PENDING_WAREHOUSE, WAREHOUSE + "/elsewhere");

        Ledger.in(process.session(), tables).append(FIRST);

        assertThat(folder).isEmptyDirectory();
        assertThat(runs()).containsExactly("[first]");
    }

    private static TaskRun run(String id, int minute, Result result) {
        return new TaskRun(
                id,
                "Load",
                NOON.plusSeconds(60L * minute),
                Duration.ofSeconds(1),
                Outcome.SUCCEEDED,
                result,
                Optional.empty());
    }
}
