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

    /** Votes 1 to 4 are of the first rule, and votes from 11 of a file that grew; two runs show both. */
    @Test
    void theFirstDeliveryOfAnIdHoldsALaterOneIsAConflictAndOfAFileThatGrewOnlyTheNewVotesAreAdded() throws IOException {
        delivered
                .write("a.jsonl", vote(1, 10, DAY), vote(2, 20, DAY), vote(1, 11, DAY), vote(2, 20, DAY))
                .write("b.jsonl", vote(1, 10, DAY), vote(3, 30, DAY), vote(2, 22, DAY))
                .write("gone.jsonl", vote(19, 190, DAY))
                .write("grown.jsonl", vote(11, 110, DAY), "{\"Id\":\"12\",\"Post")
                .write("same.jsonl", vote(15, 150, DAY), "nonsense\n");
        delivered.ingest();
        assertThat(delivered.quarantine())
                .containsExactly(
                        conflict("a.jsonl|3|", vote(1, 11, DAY)),
                        conflict("b.jsonl|3|", vote(2, 22, DAY)),
                        "not a JSON object|grown.jsonl|2|{\"Id\":\"12\",\"Post",
                        "not a JSON object|same.jsonl|2|nonsense");

        Files.delete(directory.resolve("votes/gone.jsonl"));
        delivered
                .write(
                        "c.jsonl",
                        vote(3, 31, DAY),
                        "{\"Id\":\"4\",\"PostId\":\"40\",\"VoteTypeId\":\"8\",\"CreationDate\":\"2022-01-02T10:20:30.5\","
                                + "\"UserId\":\"7\",\"BountyAmount\":\"50\"}\n",
                        vote(1, 10, DAY))
                .write("again.jsonl", vote(19, 190, DAY), vote(15, 150, DAY))
                .write("grown.jsonl", vote(11, 110, DAY), vote(12, 120, DAY), vote(13, 130, DAY));
        String output = delivered.ingest();

        TestLakehouse lakehouse = delivered.lakehouse();
        assertThat(delivered.votes())
                .containsExactly("1|10", "2|20", "3|30", "4|40", "11|110", "12|120", "13|130", "15|150", "19|190");
        assertThat(lakehouse.query("SELECT vote_type_id, creation_date, user_id, bounty_amount, _line FROM"
                        + " blog_analysis.votes WHERE id IN (1, 4) ORDER BY id"))
                .containsExactly("2|2022-01-02T00:00|null|null|1", "8|2022-01-02T10:20:30.500|7|50|2");
        assertThat(lakehouse.query("SELECT id, regexp_extract(_file, '[^/]*$', 0), _loaded_at ="
                        + " max(_loaded_at) OVER () FROM blog_analysis.votes WHERE id > 10 ORDER BY id"))
                .containsExactly(
                        "11|grown.jsonl|false",
                        "12|grown.jsonl|true",
                        "13|grown.jsonl|true",
                        "15|same.jsonl|false",
                        "19|gone.jsonl|false");
        assertThat(delivered.quarantine())
                .containsExactly(
                        conflict("a.jsonl|3|", vote(1, 11, DAY)),
                        conflict("b.jsonl|3|", vote(2, 22, DAY)),
                        conflict("c.jsonl|1|", vote(3, 31, DAY)),
                        "not a JSON object|same.jsonl|2|nonsense");
        assertThat(delivered.files())
                .containsExactly(
                        "a.jsonl|4|2|1|1",
                        "again.jsonl|2|0|2|0",
                        "b.jsonl|3|1|1|1",
                        "c.jsonl|3|1|1|1",
                        "gone.jsonl|1|1|0|0",
                        "grown.jsonl|3|3|0|0",
                        "same.jsonl|2|1|0|1");
        assertThat(output)
                .contains("6 files in ")
                .contains("3 to load")
                .contains("8 lines")
                .contains("3 inserted, 0 updated, 0 deleted")
                .contains("9 rows");
        assertThat(lakehouse.ledger(
                        "rows_read, rows_inserted, rows_deduplicated, rows_quarantined", "task = 'IngestVotes'"))
                .containsExactly("12|6|2|4", "8|3|4|1");
        assertThat(FileStore.of(lakehouse.landing()).filesBelow(lakehouse.landing()))
                .as("what was needed while it ran")
                .isEmpty();
    }

    private static String conflict(String place, String line) {
        return "conflicts with the stored vote|" + place + line.strip();
    }
}
