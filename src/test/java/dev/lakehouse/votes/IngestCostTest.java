package dev.lakehouse.votes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Tables;
import dev.lakehouse.testing.MuchWork;
import dev.lakehouse.testing.TestLakehouse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a delivery costs beside a long history: the same 100,000 lines, a tenth of them delivered before, ingested into
 * tables of more and more votes. {@code -Dlakehouse.votes.history=1000000,100000000} names the lengths.
 */
@Tag("heavy")
class IngestCostTest {
    private static final int DELIVERED = 100_000;
    private static final int AGAIN = 10_000;

    @TempDir
    Path directory;

    private final MuchWork settings = new MuchWork();

    @AfterEach
    void settingsAsBefore() {
        settings.close();
    }

    static Stream<Long> histories() {
        return Arrays.stream(System.getProperty("lakehouse.votes.history", "1000000,10000000")
                        .split(","))
                .map(Long::valueOf);
    }

    @ParameterizedTest
    @MethodSource("histories")
    void aDeliveryReadsTheEndOfTheTableOnly(long history) {
        TestLakehouse lakehouse = TestLakehouse.fresh();
        SparkSession session = TestLakehouse.session();
        store(session, lakehouse.warehouse(), history);
        VoteFiles delivered = new VoteFiles(lakehouse, directory.resolve("votes" + history));
        String[] lines = LongStream.range(history - AGAIN, history - AGAIN + DELIVERED)
                .mapToObj(id -> VoteFiles.vote(id, id % 1000, "2022-01-02"))
                .toArray(String[]::new);

        Effort effort = Effort.start();
        String output = delivered.write("new.jsonl", lines).ingest();

        System.out.printf(
                Locale.ROOT,
                "%,d votes stored in %d files: %,d delivered, %s%n",
                history,
                session.table("blog_analysis.votes").inputFiles().length,
                DELIVERED,
                effort.took());
        assertThat(output).contains(String.format(Locale.ROOT, "%,d inserted", DELIVERED - AGAIN));
        assertThat(session.table("blog_analysis.votes").count()).isEqualTo(history + DELIVERED - AGAIN);
    }

    /** A history as ingestions leave it: sorted by Id, in files of at most two million votes. */
    private static void store(SparkSession session, String warehouse, long history) {
        TableName votes = new TableName("blog_analysis", "votes");
        Tables.at(session, warehouse).open(votes);
        int files = (int) Math.max(1, history / 2_000_000);
        session.range(0, history, 1, files)
                .selectExpr(
                        "id",
                        "id % 1000 AS post_id",
                        "2L AS vote_type_id",
                        "TIMESTAMP_NTZ'2022-01-02 00:00:00' AS creation_date",
                        "CAST(NULL AS BIGINT) AS user_id",
                        "CAST(NULL AS INT) AS bounty_amount",
                        "'history' AS _file",
                        "id + 1 AS _line",
                        "TIMESTAMP'2022-01-03 00:00:00' AS _loaded_at")
                .write()
                .format("delta")
                .mode("append")
                .saveAsTable(votes.toString());
    }
}
