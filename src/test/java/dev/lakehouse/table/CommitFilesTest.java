package dev.lakehouse.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.storage.FileStore;
import dev.lakehouse.testing.TestLakehouse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The history in the files of a table's log is that of {@code DESCRIBE HISTORY}. */
class CommitFilesTest {
    private static final TableName NAME = new TableName("lake", "visits");

    private final TestLakehouse lakehouse = TestLakehouse.fresh();
    private final SparkSession session = TestLakehouse.session();
    private final Tables tables = Tables.at(session, lakehouse.warehouse());
    private final String location = lakehouse.warehouse() + "/lake/visits";
    private final FileStore files = FileStore.of(location);

    @BeforeEach
    void create() {
        tables.create(NAME, "CREATE TABLE lake.visits (n BIGINT) USING DELTA");
    }

    @Test
    void aTableWithoutRowsHasOneCommit() {
        assertThat(CommitFiles.newest(location, 5)).isEqualTo(described(5)).hasSize(1);
    }

    @Test
    void operationsMetadataAndTimesAreThoseOfDelta() {
        insert("it's \"quoted\" – ${user.name}");
        session.sql("UPDATE lake.visits SET n = n + 1");
        session.sql("ALTER TABLE lake.visits ADD COLUMNS (`where` STRING)");

        assertThat(CommitFiles.newest(location, 100)).isEqualTo(described(100)).hasSize(4);
        assertThat(CommitFiles.newest(location, 2)).isEqualTo(described(2)).hasSize(2);
    }

    @Test
    void theNewestCommitIsFoundAlsoWhereOthersMadeManyMeanwhile() {
        for (int commits : List.of(1, 2, 3, 5, 12)) {
            for (int i = 0; i < commits; i++) {
                insert("commit " + i);
            }
            assertThat(CommitFiles.newest(location, 3)).isEqualTo(described(3));
        }
    }

    @Test
    void commitsThatDeltaRemovedAfterACheckpointAreNotMissed() {
        for (int i = 0; i < 13; i++) {
            insert("commit " + i);
        }
        for (int version = 0; version < 10; version++) {
            files.delete(location + "/_delta_log/%020d.json".formatted(version));
        }

        assertThat(CommitFiles.newest(location, 100))
                .extracting(Commit::version)
                .containsExactly(13L, 12L, 11L, 10L);
    }

    @Test
    void aTableThatReplacesALongerOneIsNotTakenForIt() {
        insert("first table");
        insert("first table");
        assertThat(CommitFiles.newest(location, 1).get(0).version()).isEqualTo(2);
        session.sql("DROP TABLE lake.visits");
        files.delete(location);
        create();

        assertThat(CommitFiles.newest(location, 5)).isEqualTo(described(5)).hasSize(1);
    }

    @Test
    void aCommitOfAnotherWriterIsReadWhereItSaysWhatItDidAndWhen() {
        commit(1, """
                {"txn":{"appId":"\\"commitInfo\\"","version":1}}
                {"commitInfo":{"timestamp":1767225600000,"inCommitTimestamp":1767225600123,"operation":null}}
                """);

        assertThat(CommitFiles.newest(location, 1))
                .containsExactly(new Commit(1, Instant.parse("2026-01-01T00:00:00.123Z"), "", ""));
    }

    @Test
    void ofACommitThatSaysNothingDeltaIsAsked() {
        commit(1, "{\"txn\":{\"appId\":\"other\",\"version\":1}}\n");
        commit(2, "{\"commitInfo\":{\"operation\":\"WRITE\"}}\n");

        assertThat(CommitFiles.newest(location, 1)).isEmpty();
        assertThat(CommitFiles.newest(location, 2)).isEmpty();
        assertThat(tables.version(NAME)).isEqualTo(2);
    }

    @Test
    void withoutALogDeltaIsAsked() {
        assertThat(CommitFiles.newest(lakehouse.warehouse() + "/lake/nothing", 1))
                .isEmpty();
        assertThat(Tables.inCatalogue(session).newestCommits(NAME, 5))
                .extracting(Commit::operation)
                .containsExactly("CREATE TABLE");
        assertThat(tables.version(NAME)).isZero();
    }

    private void commit(long version, String actions) {
        files.create(location + "/_delta_log/%020d.json".formatted(version), actions.getBytes(StandardCharsets.UTF_8));
    }

    private void insert(String metadata) {
        session.range(1)
                .toDF("n")
                .write()
                .format("delta")
                .mode("append")
                .option("userMetadata", metadata)
                .saveAsTable(NAME.sql());
    }

    /** What Delta says, with the times in the log: Delta's own are those of the files, which are a little later. */
    private List<Commit> described(int most) {
        List<Commit> inFiles = CommitFiles.newest(location, most);
        List<Commit> described = Tables.inCatalogue(session).newestCommits(NAME, most);
        return described.stream()
                .map(commit ->
                        new Commit(commit.version(), timeOf(inFiles, commit), commit.operation(), commit.metadata()))
                .toList();
    }

    private static Instant timeOf(List<Commit> inFiles, Commit described) {
        return inFiles.stream()
                .filter(commit -> commit.version() == described.version())
                .map(Commit::at)
                .filter(at -> Math.abs(at.toEpochMilli() - described.at().toEpochMilli()) < 5_000)
                .findFirst()
                .orElse(described.at());
    }
}
