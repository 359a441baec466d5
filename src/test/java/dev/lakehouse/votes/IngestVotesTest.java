package dev.lakehouse.votes;

import static dev.lakehouse.votes.VoteFiles.vote;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.storage.FileStore;
import dev.lakehouse.testing.TestLakehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What loads of files have in common is tested with them; this is what is a load of votes' own. */
class IngestVotesTest {
    private static final String DAY = "2022-01-02";

    @TempDir
    Path directory;

    private VoteFiles delivered;

    @BeforeEach
    void lakehouse() {
        delivered = new VoteFiles(TestLakehouse.fresh(), directory.resolve("votes"));
    }

    @Test
    void theFirstDeliveryOfAnIdHoldsAndALaterOneOfOtherContentIsAConflict() {
        delivered
                .write("a.jsonl", vote(1, 10, DAY), vote(2, 20, DAY), vote(1, 11, DAY), vote(2, 20, DAY))
                .write("b.jsonl", vote(1, 10, DAY), vote(3, 30, DAY), vote(2, 22, DAY));
        delivered.ingest();

        delivered.write(
                "c.jsonl",
                vote(3, 31, DAY),
                "{\"Id\":\"4\",\"PostId\":\"40\",\"VoteTypeId\":\"8\",\"CreationDate\":\"2022-01-02T10:20:30.5\","
                        + "\"UserId\":\"7\",\"BountyAmount\":\"50\"}\n",
                vote(1, 10, DAY));
        String output = delivered.ingest();

        assertThat(delivered.votes()).containsExactly("1|10", "2|20", "3|30", "4|40");
        assertThat(delivered
                        .lakehouse()
                        .query("SELECT vote_type_id, creation_date, user_id, bounty_amount, _line FROM"
                                + " blog_analysis.votes WHERE id IN (1, 4) ORDER BY id"))
                .containsExactly("2|2022-01-02T00:00|null|null|1", "8|2022-01-02T10:20:30.500|7|50|2");
        assertThat(delivered.quarantine())
                .containsExactly(
                        "conflicts with the stored vote|a.jsonl|3|"
                                + vote(1, 11, DAY).strip(),
                        "conflicts with the stored vote|b.jsonl|3|"
                                + vote(2, 22, DAY).strip(),
                        "conflicts with the stored vote|c.jsonl|1|"
                                + vote(3, 31, DAY).strip());
        assertThat(delivered.files()).containsExactly("a.jsonl|4|2|1|1", "b.jsonl|3|1|1|1", "c.jsonl|3|1|1|1");
        assertThat(output)
                .contains("3 files in ")
                .contains("1 to load")
                .contains("3 lines")
                .contains("1 inserted, 0 updated, 0 deleted")
                .contains("4 rows");
        assertThat(delivered
                        .lakehouse()
                        .ledger(
                                "rows_read, rows_inserted, rows_deduplicated, rows_quarantined",
                                "task = 'IngestVotes'"))
                .containsExactly("7|3|2|2", "3|1|1|1");
        assertThat(FileStore.of(delivered.lakehouse().landing())
                        .filesBelow(delivered.lakehouse().landing()))
                .as("what was needed while it ran")
                .isEmpty();
    }

    @Test
    void ofAFileThatGrewOnlyTheNewVotesAreAddedAndThoseOfOtherDeliveriesDoNotChange() throws IOException {
        delivered
                .write("gone.jsonl", vote(9, 90, DAY))
                .write("grown.jsonl", vote(1, 10, DAY), "{\"Id\":\"2\",\"Post")
                .write("same.jsonl", vote(5, 50, DAY), "nonsense\n");
        delivered.ingest();
        assertThat(delivered.quarantine())
                .containsExactly(
                        "not a JSON object|grown.jsonl|2|{\"Id\":\"2\",\"Post",
                        "not a JSON object|same.jsonl|2|nonsense");

        Files.delete(directory.resolve("votes/gone.jsonl"));
        delivered
                .write("again.jsonl", vote(9, 90, DAY), vote(5, 50, DAY))
                .write("grown.jsonl", vote(1, 10, DAY), vote(2, 20, DAY), vote(3, 30, DAY));
        String output = delivered.ingest();

        assertThat(output).contains("3 files in ").contains("2 to load").contains("2 inserted, 0 updated, 0 deleted");
        assertThat(delivered
                        .lakehouse()
                        .query("SELECT id, post_id, regexp_extract(_file, '[^/]*$', 0), _loaded_at ="
                                + " max(_loaded_at) OVER () FROM blog_analysis.votes ORDER BY id"))
                .containsExactly(
                        "1|10|grown.jsonl|false",
                        "2|20|grown.jsonl|true",
                        "3|30|grown.jsonl|true",
                        "5|50|same.jsonl|false",
                        "9|90|gone.jsonl|false");
        assertThat(delivered.quarantine()).containsExactly("not a JSON object|same.jsonl|2|nonsense");
        assertThat(delivered.files())
                .containsExactly(
                        "again.jsonl|2|0|2|0", "gone.jsonl|1|1|0|0", "grown.jsonl|3|3|0|0", "same.jsonl|2|1|0|1");
    }
}
