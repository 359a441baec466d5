package dev.lakehouse.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.spark.Session;
import dev.lakehouse.task.Background;
import dev.lakehouse.testing.NewProcess;
import dev.lakehouse.testing.TestServers;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class TablesTest {
    private static final TableName RUNS = new TableName("ops", "task_runs");

    private final String warehouse = TestServers.freshPrefix() + "/warehouse";

    @Test
    void aTableThatDoesNotExistIsNotFound() {
        inNewProcess(session -> {
            Tables tables = Tables.at(session, warehouse);

            assertThat(tables.find(RUNS)).isFalse();
            assertThat(session.catalog().databaseExists("ops")).isFalse();
            assertThat(tables.all()).isEmpty();
        });
    }

    @Test
    void aTableWithoutAFileIsNotMadeUp() {
        inNewProcess(session -> assertThat(Tables.at(session, warehouse).open(new TableName("shop", "articles")))
                .isFalse());
    }

    @Test
    void aSecondSessionRegistersTheTableAndWritesNothing() {
        inNewProcess(session -> {
            assertThat(Tables.at(session, warehouse).open(RUNS)).isTrue();
            insert(session, "succeeded");
        });

        inNewProcess(session -> {
            Tables tables = Tables.at(session, warehouse + "/");
            assertThat(tables.open(RUNS)).isTrue();

            // The creation with its constraints, one row.
            assertThat(tables.version(RUNS)).isEqualTo(1);
            assertThat(session.table("ops.task_runs").count()).isEqualTo(1);
            assertThatThrownBy(() -> insert(session, "vanished")).hasStackTraceContaining("known_outcome");
        });
        inNewProcess(session -> {
            assertThat(Tables.at(session, warehouse).find(RUNS)).isTrue();
            assertThat(session.table("ops.task_runs").count()).isEqualTo(1);
        });
    }

    @Test
    void tasksThatRunAtTheSameTimeRegisterTheSameTable() {
        inNewProcess(session -> Tables.at(session, warehouse).open(RUNS));

        inNewProcess(session -> {
            CountDownLatch all = new CountDownLatch(4);
            List<Background<Boolean>> tasks = IntStream.range(0, 4)
                    .mapToObj(i -> Background.start(() -> {
                        Tables tables = Tables.at(Session.beside(session), warehouse);
                        all.countDown();
                        return await(all) && tables.find(RUNS);
                    }))
                    .toList();

            assertThat(tasks).allMatch(Background::result);
        });
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void openingTwiceInOneSessionWritesNothing() {
        inNewProcess(session -> {
            Tables tables = Tables.at(session, warehouse);
            tables.open(RUNS);

            assertThat(tables.open(RUNS)).isTrue();

            assertThat(tables.version(RUNS)).isZero();
        });
    }

    @Test
    void constraintsThatAnExistingTableLacksAreAdded() {
        for (int done = 1; done <= 2; done++) {
            String place = warehouse + done;
            List<String> steps = SqlScript.ddl(RUNS).orElseThrow().statements().subList(0, done);
            inNewProcess(session -> {
                session.sql("CREATE SCHEMA ops LOCATION '" + place + "/ops'");
                steps.forEach(session::sql);
            });

            inNewProcess(session -> {
                Tables tables = Tables.at(session, place);
                tables.open(RUNS);

                assertThat(tables.version(RUNS)).isEqualTo(2);
                assertThatThrownBy(() -> insert(session, "vanished")).hasStackTraceContaining("known_outcome");
            });
        }
    }

    @Test
    void theStorageKnowsTheTables() {
        TableName articles = new TableName("shop", "articles");
        Instant before = Instant.now().minusSeconds(1);
        inNewProcess(session -> {
            Tables tables = Tables.at(session, warehouse);
            tables.create(articles, "CREATE TABLE shop.articles (id INT) USING DELTA");
            tables.open(RUNS);
        });

        inNewProcess(session -> {
            Tables tables = Tables.at(session, warehouse);

            assertThat(tables.all()).containsExactly(RUNS, articles);
            assertThat(tables.find(articles)).isTrue();
            assertThat(tables.createdAt(articles)).isBetween(before, Instant.now());
            assertThat(tables.location(articles)).isEqualTo(warehouse + "/shop/articles");
        });
    }

    @Test
    void aWarehouseInABucketThatDoesNotExistIsSaid() {
        inNewProcess(session -> assertThatThrownBy(() ->
                        Tables.at(session, "s3a://no-such-bucket/warehouse").open(RUNS))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("bucket")
                .hasMessageContaining("missing"));
    }

    private static void insert(SparkSession session, String outcome) {
        session.sql("INSERT INTO ops.task_runs (run_id, task, started_at, duration_ms, outcome)"
                + " VALUES ('1', 'Test', TIMESTAMP'2026-01-31 06:00:00', 1, '" + outcome + "')");
    }

    private static void inNewProcess(Consumer<SparkSession> work) {
        try (NewProcess process = new NewProcess()) {
            work.accept(process.session());
        }
    }
}
