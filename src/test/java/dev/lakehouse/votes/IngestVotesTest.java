package dev.lakehouse.votes;

import static dev.lakehouse.votes.VoteFiles.vote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.sample.votes.VoteGenerator;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.testing.TestLakehouse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        delivered.write("c.jsonl", vote(3, 31, DAY), vote(4, 40, DAY), vote(1, 10, DAY));
        String output = delivered.ingest();

        assertThat(delivered.votes()).containsExactly("1|10", "2|20", "3|30", "4|40");
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
    }

    @Test
    void whatWasIngestedIsNotReadAgainAndNothingLiesAround() {
        delivered.write("a.jsonl", vote(1, 10, DAY), "nonsense\n");
        delivered.ingest();
        List<Long> before = delivered.commits();

        String output = delivered.ingest();

        assertThat(delivered.commits()).isEqualTo(before);
        assertThat(output).contains("none to load");
        assertThat(FileStore.of(delivered.lakehouse().landing())
                        .filesBelow(delivered.lakehouse().landing()))
                .as("what was needed while it ran")
                .isEmpty();
    }

    @Test
    void ofAFileThatGrewOnlyTheNewVotesAreAddedAndItsQuarantineIsThatOfItsPresentState() {
        delivered.write("a.jsonl", vote(1, 10, DAY), "{\"Id\":\"2\",\"Post");
        delivered.ingest();
        assertThat(delivered.quarantine()).containsExactly("not a JSON object|a.jsonl|2|{\"Id\":\"2\",\"Post");

        delivered.write("a.jsonl", vote(1, 10, DAY), vote(2, 20, DAY), vote(3, 30, DAY));
        String output = delivered.ingest();

        assertThat(delivered.votes()).containsExactly("1|10", "2|20", "3|30");
        assertThat(delivered.quarantine()).isEmpty();
        assertThat(delivered.files()).containsExactly("a.jsonl|3|3|0|0");
        assertThat(output).contains("2 inserted, 0 updated, 0 deleted");
    }

    @Test
    void votesOfAnotherDeliveryDoNotChangeWhenTheirFilesAreGoneOrRedelivered() {
        delivered.write("a.jsonl", vote(1, 10, DAY));
        delivered.ingest();

        delivered.write("b.jsonl", vote(1, 10, DAY));
        delivered.ingest(directory.resolve("votes/b.jsonl").toString());

        assertThat(delivered.lakehouse().version("blog_analysis.votes")).isEqualTo(1);
        assertThat(delivered.files()).containsExactly("a.jsonl|1|1|0|0", "b.jsonl|1|0|1|0");
    }

    @Test
    void everyBadLineIsFoundInQuarantineAndNoGoodOneIsLost() throws IOException {
        delivered.write(
                "bad.jsonl",
                ("\uFEFF" + vote(1, 10, DAY).strip() + "\r\n"
                                + "not json\n"
                                + "[" + vote(2, 20, DAY).strip() + "]\n"
                                + vote(3, 30, DAY).strip() + vote(4, 40, DAY)
                                + "\n"
                                + "{'Id':'5','PostId':'1','VoteTypeId':'2','CreationDate':'2022-01-02'}\n"
                                + "{\"PostId\":\"1\",\"VoteTypeId\":\"2\",\"CreationDate\":\"2022-01-02\"}\n"
                                + "{\"Id\":\"six\",\"PostId\":\"1.5\",\"VoteTypeId\":\"2\",\"CreationDate\":\"2022-01-02\"}\n"
                                + vote(7, 1, "2022-02-30")
                                + "{\"Id\":\"8\",\"PostId\":\"1\",\"VoteTypeId\":\"2\",\"CreationDate\":\"2022\"}\n"
                                + "{\"Id\":\"9\",\"PostId\":\"1\",\"VoteTypeId\":\"2\",\"CreationDate\":\"2022-01-02T00:00:00Z\"}\n"
                                + "{\"Id\":\"99999999999999999999\",\"PostId\":\"1\",\"VoteTypeId\":\"2\",\"CreationDate\":\"2022-01-02\"}\n"
                                + "{\"Id\":11,\"PostId\":1,\"VoteTypeId\":8,\"CreationDate\":\"2022-01-02 10:20:30\",\"UserId\":\"\",\"BountyAmount\":\"50\",\"More\":[1]}\n"
                                + "{\"Id\":\"12\",\"PostId\":\"1\",\"VoteTypeId\":\"8\",\"CreationDate\":\"2022-01-02\",\"BountyAmount\":\"much\"}")
                        .getBytes(StandardCharsets.UTF_8));
        delivered.write("latin1.jsonl", "{\"Id\":\"13\",\"PostId\":\"é\"}\n".getBytes(StandardCharsets.ISO_8859_1));
        delivered.write("z.jsonl.gz", gzip(vote(14, 140, DAY)));

        String output = delivered.ingest();

        assertThat(delivered
                        .lakehouse()
                        .query("SELECT id, post_id, vote_type_id, creation_date, user_id, bounty_amount FROM"
                                + " blog_analysis.votes ORDER BY id"))
                .containsExactly(
                        "1|10|2|2022-01-02T00:00|null|null",
                        "11|1|8|2022-01-02T10:20:30|null|50",
                        "14|140|2|2022-01-02T00:00|null|null");
        assertThat(delivered
                        .lakehouse()
                        .query("SELECT _line, array_join(_reasons, ', ') FROM"
                                + " blog_analysis.votes_quarantine ORDER BY _file, _line"))
                .containsExactly(
                        "2|not a JSON object",
                        "3|not a JSON object",
                        "4|not a JSON object",
                        "6|not a JSON object",
                        "7|Id is missing",
                        "8|Id is not a whole number, PostId is not a whole number",
                        "9|CreationDate is not a local date and time",
                        "10|CreationDate is not a local date and time",
                        "11|CreationDate is not a local date and time",
                        "12|Id is beyond BIGINT",
                        "14|BountyAmount is not a whole number",
                        "1|not UTF-8 text");
        assertThat(delivered.quarantine()).contains("not UTF-8 text|latin1.jsonl|1|{\"Id\":\"13\",\"PostId\":\"é\"}");
        assertThat(delivered.files())
                .containsExactly("bad.jsonl|13|2|0|11", "latin1.jsonl|1|0|0|1", "z.jsonl.gz|1|1|0|0");
        assertThat(output).contains("15 lines").contains("12 lines");
    }

    /** As tools that keep numbers with gaps as binary fractions write them: pandas-dev/pandas#57224. */
    @Test
    void aWholeNumberMayBeWrittenWithAPointOrAnExponent() {
        delivered.write("a.jsonl", """
                {"Id":1,"PostId":10,"VoteTypeId":5,"CreationDate":"2024-03-04","UserId":8.0}
                {"Id":2e0,"PostId":"10.0","VoteTypeId":2,"CreationDate":"2024-03-04","UserId":null}
                {"Id":3,"PostId":1.1e1,"VoteTypeId":5,"CreationDate":"2024-03-05","UserId":9.000,"BountyAmount":50.0}
                {"Id":4,"PostId":10,"VoteTypeId":5,"CreationDate":"2024-03-05","UserId":8.5,"BountyAmount":3e9}
                """);

        delivered.ingest();

        assertThat(delivered
                        .lakehouse()
                        .query("SELECT id, post_id, user_id, bounty_amount FROM blog_analysis.votes ORDER BY id"))
                .containsExactly("1|10|8|null", "2|10|null|null", "3|11|9|50");
        assertThat(delivered.lakehouse().query("SELECT array_join(_reasons, ', ') FROM blog_analysis.votes_quarantine"))
                .containsExactly("UserId is not a whole number, BountyAmount is beyond INT");
    }

    /** Readers disagree on which of two equal names holds: NVIDIA/cudf-spark#11361. */
    @Test
    void aLineThatReadersDisagreeOnIsInQuarantine() {
        delivered.write("a.jsonl", """
                {"Id":1,"PostId":10,"VoteTypeId":2,"CreationDate":"2024-03-04","Id":2}
                {"Id":3,"VoteTypeId":2,"PostId":10,"CreationDate":"2024-03-04","More":{"a":1,"a":2}}
                {"Id":"4","PostId":10,"VoteTypeId":2,"CreationDate":"2024-03-04","Text":"\\uD83D"}
                {"Id":5,"PostId":NaN,"VoteTypeId":2,"CreationDate":"2024-03-04"}
                {"Id":6,"PostId":10,"VoteTypeId":2,"CreationDate":"2024-03-04","Text":"\\uD83D\\uDE00"}
                """);

        delivered.ingest();

        assertThat(delivered.votes()).containsExactly("6|10");
        assertThat(delivered
                        .lakehouse()
                        .query("SELECT _line, array_join(_reasons, ', ') FROM"
                                + " blog_analysis.votes_quarantine ORDER BY _line"))
                .containsExactly(
                        "1|Id is there twice",
                        "2|More.a is there twice",
                        "3|Text holds a lone surrogate",
                        "4|PostId is not a number, PostId is not a whole number");
    }

    @Test
    void aLineBeyondTheLimitIsInQuarantineWithItsPlaceAndWithoutItsText() {
        String tooLong = vote(2, 20, DAY).replace("}", ",\"Text\":\"" + "x".repeat(3_000) + "\"}");
        delivered.write("a.jsonl", vote(1, 10, DAY), tooLong, vote(3, 30, DAY));
        delivered.write("b.jsonl", "{\"Text\":\"" + "y".repeat(5_000) + "\"}");

        delivered.ingest(delivered.folder().toString(), "--max-line=2kB");

        assertThat(delivered.votes()).containsExactly("1|10", "3|30");
        assertThat(delivered.quarantine())
                .containsExactly(
                        "longer than a line may be: " + tooLong.strip().length() + " bytes|a.jsonl|2|",
                        "longer than a line may be: 5011 bytes|b.jsonl|1|");
        assertThat(delivered.files()).containsExactly("a.jsonl|3|2|0|1", "b.jsonl|1|0|0|1");
    }

    @Test
    void aFileThatIsDamagedIsNamedAndTheOthersAreIngested() throws IOException {
        delivered
                .write("cut.jsonl.gz", Arrays.copyOf(gzip(vote(1, 10, DAY)), 60))
                .write("plain.jsonl.gz", vote(2, 20, DAY))
                .write("good.jsonl", vote(3, 30, DAY));

        assertThatThrownBy(delivered::ingest)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("2 files cannot be loaded")
                .hasMessageContaining("cut.jsonl.gz cannot be read to its end")
                .hasMessageContaining("plain.jsonl.gz cannot be read to its end");
        assertThat(delivered.votes()).containsExactly("3|30");
    }

    @Test
    void aFileOfAnotherKindIsRefusedAsAWholeAfterTheOthersAreIngested() throws IOException {
        String one = vote(1, 10, DAY).strip();
        delivered
                .write("array.jsonl", "[" + one + "," + one + "]")
                .write("lines of an array.jsonl", "[\n", one + ",\n", one + "\n", "]\n")
                .write("page.jsonl", "<!DOCTYPE html>\n<html>\n<script>\n{}\n</script>\n<p>502</p>\n</html>\n")
                .write("zipped.jsonl", gzip(vote(2, 20, DAY)))
                .write("binary.jsonl", new byte[] {0, 1, 2, 3, (byte) 0xff, 10, 7})
                .write("good.jsonl", vote(3, 30, DAY), "nonsense\n", "nonsense\n");

        assertThatThrownBy(delivered::ingest)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("5 files cannot be loaded: ")
                .hasMessageContaining("array.jsonl: It is a JSON array")
                .hasMessageContaining("lines of an array.jsonl: It is a JSON array")
                .hasMessageContaining("page.jsonl: It is HTML")
                .hasMessageContaining("zipped.jsonl: It is compressed by gzip")
                .hasMessageContaining("binary.jsonl: It is binary")
                .hasMessageContaining("one JSON object on each line");

        assertThat(delivered.votes()).containsExactly("3|30");
        assertThat(delivered.files()).containsExactly("good.jsonl|3|1|0|2");
        assertThat(delivered.quarantine()).hasSize(2);
        assertThat(delivered.lakehouse().ledger("outcome, rows_read, rows_inserted", "task = 'IngestVotes'"))
                .containsExactly("failed|3|1");

        delivered.write("array.jsonl", vote(4, 40, DAY));
        assertThatThrownBy(delivered::ingest).hasMessageContaining("4 files cannot be loaded: ");
        assertThat(delivered.votes()).containsExactly("3|30", "4|40");
    }

    @Test
    void aRunThatStoppedBetweenVotesAndFilesIsCompletedByTheNextOne() {
        delivered
                .write("a.jsonl", vote(1, 10, DAY), vote(2, 20, DAY), vote(1, 11, DAY), "nonsense\n")
                .write("b.jsonl", vote(2, 20, DAY), vote(3, 30, DAY));
        FailPoint.once("IngestVotes.votes", () -> {
            throw new IllegalStateException("stopped");
        });
        assertThatThrownBy(delivered::ingest).hasMessage("stopped");

        delivered.ingest();

        assertThat(delivered.votes()).containsExactly("1|10", "2|20", "3|30");
        assertThat(delivered.quarantine())
                .extracting(row -> row.replaceFirst("\\{.*", ""))
                .containsExactly("conflicts with the stored vote|a.jsonl|3|", "not a JSON object|a.jsonl|4|nonsense");
        assertThat(delivered.files()).containsExactly("a.jsonl|4|2|0|2", "b.jsonl|2|1|1|0");
        assertThat(delivered.lakehouse().version("blog_analysis.votes")).isEqualTo(1);
    }

    @Test
    void oneOfTwoRunsAtTheSameTimeBeginsAnewAndAddsNothing() {
        delivered.write("a.jsonl", vote(1, 10, DAY), vote(2, 20, DAY));
        FailPoint.once("IngestVotes.votes_quarantine", delivered::ingest);

        delivered.ingest();

        assertThat(delivered.votes()).containsExactly("1|10", "2|20");
        assertThat(delivered.lakehouse().version("blog_analysis.votes")).isEqualTo(1);
    }

    @Test
    void generatedVotesAreTakenButForTheLinesThatCannotBe() throws IOException {
        int files = VoteGenerator.of(5, 2_500).write(directory.resolve("votes").toString());
        String first = Files.readString(directory.resolve("votes/votes-0002.jsonl"));

        delivered.ingest();
        VoteGenerator.of(5, 2_500).write(directory.resolve("votes").toString());

        assertThat(files).isEqualTo(3);
        assertThat(Files.readString(directory.resolve("votes/votes-0002.jsonl")))
                .isEqualTo(first);
        assertThat(delivered.votes()).hasSize(2_500);
        assertThat(delivered.files())
                .containsExactly(
                        "votes-0001.jsonl|1000|1000|0|0",
                        "votes-0002.jsonl|1020|1000|20|0",
                        "votes-0003.jsonl|523|500|20|3");
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
