package dev.lakehouse.votes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.table.Tables;
import dev.lakehouse.testing.MuchWork;
import dev.lakehouse.testing.TestLakehouse;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a MERGE of 100,000 rows costs beside more and more stored ones, by where its keys are and by how a file is changed,
 * and what the view of outlier weeks costs to read. The property {@code lakehouse.votes.history} names the lengths.
 */
@Tag("heavy")
class MergeCostTest {
    private static final int MERGED = 100_000;
    private static final int AGAIN = 10_000;
    private static final long MOST_REWRITTEN = 10_000_000;
    private static final String VOTES = "blog_analysis.votes";

    private final MuchWork settings = new MuchWork();
    private final SparkSession session = TestLakehouse.session();

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
    void whatIsRewrittenDependsOnWhereTheKeysAreAndOnDeletionVectors(long history) {
        Tables tables = Tables.at(session, TestLakehouse.fresh().warehouse());
        store(tables, history);
        tables.createView(VoteTables.OUTLIER_WEEKS, Map.of("reader_group", "readers"));
        view(history);

        Map<String, String> end = merge(
                "keys at the end, their range in the condition",
                "target.id = source.id AND target.id >= " + (history - AGAIN),
                history - AGAIN,
                1);
        Map<String, String> spread = merge("keys everywhere", "target.id = source.id", 0, history / MERGED);

        assertThat(end).containsEntry("numTargetRowsCopied", "0").containsEntry("numTargetRowsUpdated", "" + AGAIN);
        assertThat(spread).containsEntry("numTargetRowsCopied", "0").containsEntry("numTargetRowsUpdated", "" + MERGED);
        if (history <= MOST_REWRITTEN) {
            session.sql("ALTER TABLE " + VOTES + " SET TBLPROPERTIES ('delta.enableDeletionVectors' = 'false')");
            Map<String, String> rewritten =
                    merge("keys everywhere, files rewritten", "target.id = source.id", 1, history / MERGED);
            assertThat(Long.parseLong(rewritten.get("numTargetRowsCopied"))).isGreaterThan(history / 2);
        }
        assertThat(session.table(VOTES).count()).isEqualTo(history + MERGED - AGAIN);
    }

    private Map<String, String> merge(String name, String condition, long first, long step) {
        Effort effort = Effort.start();
        session.sql("""
                MERGE INTO %s AS target
                USING (
                  SELECT %d + id * %d AS id, 1L AS post_id, 2L AS vote_type_id,
                         TIMESTAMP_NTZ'2022-01-02' AS creation_date, CAST(NULL AS BIGINT) AS user_id,
                         CAST(NULL AS INT) AS bounty_amount, 'new' AS _file, id AS _line, now() AS _loaded_at
                  FROM range(0, %d, 1, 2)
                ) AS source
                ON %s
                WHEN MATCHED THEN UPDATE SET *
                WHEN NOT MATCHED THEN INSERT *
                """.formatted(VOTES, first, step, MERGED, condition));
        String took = effort.took();
        Map<String, String> metrics = session.sql("DESCRIBE HISTORY " + VOTES + " LIMIT 1")
                .select("operationMetrics")
                .head()
                .getJavaMap(0);
        System.out.printf(
                Locale.ROOT,
                "  merge, %s: %s; %s updated, %s inserted, %s copied; %s files removed, %s added%n",
                name,
                took,
                metrics.get("numTargetRowsUpdated"),
                metrics.get("numTargetRowsInserted"),
                metrics.get("numTargetRowsCopied"),
                metrics.get("numTargetFilesRemoved"),
                metrics.get("numTargetFilesAdded"));
        return metrics;
    }

    private void view(long history) {
        Effort effort = Effort.start();
        int weeks = session.sql("SELECT * FROM blog_analysis.outlier_weeks")
                .collectAsList()
                .size();
        String took = effort.took();
        Row table = session.sql("DESCRIBE DETAIL " + VOTES)
                .select("numFiles", "sizeInBytes")
                .head();
        System.out.printf(
                Locale.ROOT,
                "%,d votes in %d files, %.1f bytes each; %d outlier weeks read in %s%n",
                history,
                table.getLong(0),
                (double) table.getLong(1) / history,
                weeks,
                took);
    }

    /** Votes of ten years, as ingestions leave them: sorted by Id, in files of at most two million, dates rising with Ids. */
    private void store(Tables tables, long history) {
        tables.open(VoteTables.VOTES.name());
        session.range(0, history, 1, (int) Math.max(1, history / 2_000_000))
                .selectExpr(
                        "id",
                        "hash(id) % 1000000L AS post_id",
                        "2L + abs(hash(id, 1)) % 4L AS vote_type_id",
                        "TIMESTAMP_NTZ'2012-01-01 00:00:00' + make_dt_interval(0, 0, 0," + " CAST(id * 315360000D / "
                                + history + " AS DECIMAL(18, 6))) AS creation_date",
                        "CAST(NULL AS BIGINT) AS user_id",
                        "CAST(NULL AS INT) AS bounty_amount",
                        "'history' AS _file",
                        "id + 1 AS _line",
                        "TIMESTAMP'2022-01-03 00:00:00' AS _loaded_at")
                .write()
                .format("delta")
                .mode("append")
                .saveAsTable(VOTES);
    }
}
