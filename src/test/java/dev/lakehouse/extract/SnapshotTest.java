package dev.lakehouse.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lakehouse.task.FailPoint;
import dev.lakehouse.testing.TestLakehouse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What the proof's snapshot asks of the source, and what an ALTER meanwhile does to an extract. */
class SnapshotTest {
    private final TestLakehouse lakehouse = TestLakehouse.fresh()
            .mysql(
                    "CREATE TABLE digits (d INT PRIMARY KEY)",
                    "INSERT INTO digits VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)",
                    "CREATE TABLE shop (id INT PRIMARY KEY, name VARCHAR(50), price DECIMAL(8,2))"
                            + " CHARACTER SET utf8mb4",
                    "INSERT INTO shop SELECT a.d * 100 + b.d * 10 + c.d, 'article', 10 FROM digits a, digits b, digits c");

    /** An ALTER that would wait for longer than a second fails, and with it the extract. */
    private void alter(String alter) {
        lakehouse.mysql("SET SESSION lock_wait_timeout = 1", alter);
    }

    @Test
    void anAlterIsNotKeptWaitingWhileSparkWorks() {
        FailPoint.once("extract.compared", () -> alter("ALTER TABLE shop ADD COLUMN note INT"));

        assertThat(lakehouse.extract("shop", "--range-rows=300"))
                .contains("starts again")
                .contains("source = Parquet: 1,000 rows");

        assertThat(lakehouse.mysqlRow("SELECT COUNT(note) FROM shop")).isEqualTo("0");
    }

    @Test
    void aTableThatIsRebuiltDuringTheRepairIsExtractedAnew() {
        FailPoint.once("extract.written", () -> lakehouse.mysql("UPDATE shop SET price = 11 WHERE id = 7"));
        FailPoint.once("extract.compared", () -> alter("ALTER TABLE shop ADD COLUMN note INT FIRST, FORCE"));

        assertThat(lakehouse.extract("shop")).contains("starts again").contains("source = Parquet: 1,000 rows");

        Landing landing = Landing.of(lakehouse.landing(), lakehouse.mysql().database(), "shop");
        assertThat(landing.published()).containsExactly(2L);
        assertThat(landing.manifest(2).columns())
                .extracting(Manifest.SourceColumn::name)
                .containsExactly("note", "id", "name", "price");
    }

    @Test
    void aColumnThatChangesBetweenReadingAndProofIsReadAnew() {
        FailPoint.once("extract.written", () -> alter("ALTER TABLE shop MODIFY price DECIMAL(10,3)"));

        assertThat(lakehouse.extract("shop")).contains("starts again");

        assertThat(Landing.of(lakehouse.landing(), lakehouse.mysql().database(), "shop")
                        .manifest(2)
                        .columns()
                        .get(2)
                        .sparkType())
                .isEqualTo("DECIMAL(10,3)");
    }

    /** As tools do that change a table online: a copy takes its place. */
    @Test
    void aTableThatAnotherOneReplacesDuringTheProofIsExtractedAnew() {
        pause(); // times of creation are in seconds
        lakehouse.mysql(
                "CREATE TABLE later LIKE shop",
                "INSERT INTO later SELECT * FROM shop",
                "DELETE FROM later WHERE id = 7");
        FailPoint.once("extract.compared", () -> lakehouse.mysql("RENAME TABLE shop TO old, later TO shop"));

        assertThat(lakehouse.extract("shop")).contains("starts again").contains("source = Parquet: 999 rows");

        // The group that changed is copied again, from the other table.
        FailPoint.once("extract.written", () -> lakehouse.mysql("UPDATE shop SET price = 11 WHERE id = 8"));
        FailPoint.once("extract.compared", () -> lakehouse.mysql("RENAME TABLE shop TO later, old TO shop"));
        assertThat(lakehouse.extract("shop", "--range-rows=400"))
                .contains("starts again")
                .contains("source = Parquet: 1,000 rows");
    }

    /** MySQL tells both tables apart only by their rows. */
    @Test
    void aTableThatOneOfTheSameSecondReplacesDuringTheRepairIsExtractedAnew() {
        lakehouse.mysql("CREATE TABLE twin LIKE shop", "CREATE TABLE other LIKE shop");
        lakehouse.mysql("INSERT INTO twin SELECT * FROM shop", "INSERT INTO other SELECT * FROM shop WHERE id <> 7");
        FailPoint.once("extract.written", () -> lakehouse.mysql("UPDATE twin SET price = 11 WHERE id = 8"));
        FailPoint.once("extract.compared", () -> lakehouse.mysql("RENAME TABLE twin TO old, other TO twin"));

        assertThat(lakehouse.extract("twin")).contains("starts again").contains("source = Parquet: 999 rows");
    }

    @Test
    void aViewWhoseTableIsReplacedDuringTheProofIsExtractedAnew() {
        pause(); // times of creation are in seconds
        lakehouse.mysql(
                "CREATE VIEW seen AS SELECT id, price FROM shop",
                "CREATE TABLE later LIKE shop",
                "INSERT INTO later SELECT * FROM shop",
                "DELETE FROM later WHERE id = 7");
        FailPoint.once("extract.compared", () -> lakehouse.mysql("RENAME TABLE shop TO old, later TO shop"));

        assertThat(lakehouse.extract("seen", "--key=id"))
                .contains("starts again")
                .contains("source = Parquet: 999 rows");
    }

    /** Each transaction takes from one row what it gives to another: at every instant the sum is the same. */
    @Test
    void anExtractUnderWritesIsOneInstant() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicReference<SQLException> failure = new AtomicReference<>();
        CountDownLatch writing = new CountDownLatch(20);
        Thread writer = new Thread(() -> {
            try (Connection connection = lakehouse.mysql().connect();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                for (int i = 0; !over.get(); i++) {
                    statement.execute("UPDATE shop SET price = price - 1 WHERE id = " + i * 7 % 1000);
                    statement.execute("UPDATE shop SET price = price + 1 WHERE id = " + (i * 13 + 500) % 1000);
                    connection.commit();
                    writing.countDown();
                }
            } catch (SQLException e) {
                failure.set(e);
            }
        });
        writer.start();
        String printed;
        try {
            writing.await();
            printed = lakehouse.extract("shop", "--range-rows=50");
        } finally {
            over.set(true);
            writer.join();
        }

        assertThat((Throwable) failure.get()).isNull();
        assertThat(printed).contains("copied again");
        assertThat(TestLakehouse.session()
                        .read()
                        .parquet(lakehouse.landing("shop", "extract=000001"))
                        .selectExpr("CAST(sum(price) AS STRING)", "CAST(count(*) AS STRING)")
                        .head()
                        .mkString("|"))
                .isEqualTo("10000.00|1000");
    }

    /** Needs an account that may set global variables, such as that of {@code -Dlakehouse.mysql}. */
    @Test
    void aServerThatClosesIdleConnectionsSoonIsExtractedFrom() {
        assumeTrue(mayShortenTimeouts(), "The account of this server may not set global variables");
        try {
            FailPoint.once("extract.written", SnapshotTest::pause);
            FailPoint.once("extract.compared", SnapshotTest::pause);

            assertThat(lakehouse.extract("shop")).contains("source = Parquet: 1,000 rows");
        } finally {
            lakehouse.mysql("SET GLOBAL wait_timeout = DEFAULT");
        }
    }

    private boolean mayShortenTimeouts() {
        try {
            lakehouse.mysql("SET GLOBAL wait_timeout = 1");
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(2500);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
