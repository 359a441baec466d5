package dev.lakehouse.votes;

import static dev.lakehouse.votes.VoteFiles.vote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.load.Deduplication;
import dev.lakehouse.load.FileRun;
import dev.lakehouse.sample.votes.VoteGenerator;
import dev.lakehouse.testing.TestLakehouse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of delivered files, without tables. */
class VoteLinesTest {
    private static final String DAY = "2022-01-02";

    @TempDir
    Path directory;

    private VoteFiles delivered;

    @BeforeEach
    void folder() {
        delivered = new VoteFiles(TestLakehouse.fresh(), directory.resolve("votes"));
    }

    @Test
    void everyBadLineHasItsReasonsAndNoGoodOneIsLost() throws IOException {
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

        FileRun.JsonInput read = delivered.read("64MB");

        assertThat(texts(
                        read.input().accepted(),
                        "id",
                        "post_id",
                        "vote_type_id",
                        "creation_date",
                        "user_id",
                        "bounty_amount"))
                .containsExactly(
                        "1|10|2|2022-01-02 00:00:00|null|null",
                        "11|1|8|2022-01-02 10:20:30|null|50",
                        "14|140|2|2022-01-02 00:00:00|null|null");
        assertThat(texts(read.input().quarantined(), "_line", "array_join(_reasons, ', ')"))
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
        assertThat(texts(read.input().quarantined(), "_text"))
                .startsWith("not json", "[" + vote(2, 20, DAY).strip() + "]")
                .endsWith("{\"Id\":\"13\",\"PostId\":\"é\"}");
        assertThat(read.lines().count()).isEqualTo(15);
        assertThat(read.input().refused().files()).isEmpty();
    }

    @Test
    void aLineBeyondTheLimitIsInQuarantineWithItsPlaceAndWithoutItsText() {
        String tooLong = vote(2, 20, DAY).replace("}", ",\"Text\":\"" + "x".repeat(3_000) + "\"}");
        delivered.write("a.jsonl", vote(1, 10, DAY), tooLong, vote(3, 30, DAY));
        delivered.write("b.jsonl", "{\"Text\":\"" + "y".repeat(5_000) + "\"}");

        FileRun.JsonInput read = delivered.read("2kB");

        assertThat(texts(read.input().accepted(), "id", "post_id")).containsExactly("1|10", "3|30");
        assertThat(texts(read.input().quarantined(), "array_join(_reasons, ', ')", "_line", "_text"))
                .containsExactly(
                        "longer than a line may be: " + tooLong.strip().length() + " bytes|2|",
                        "longer than a line may be: 5011 bytes|1|");
        assertThat(read.input().refused().files())
                .as("a file of one such line is not of another kind")
                .isEmpty();
    }

    @Test
    void aFileThatIsDamagedOrOfAnotherKindIsRefusedAsAWhole() throws IOException {
        String one = vote(1, 10, DAY).strip();
        delivered
                .write("array.jsonl", "[" + one + "," + one + "]")
                .write("lines of an array.jsonl", "[\n", one + ",\n", one + "\n", "]\n")
                .write("page.jsonl", "<!DOCTYPE html>\n<html>\n<script>\n{}\n</script>\n<p>502</p>\n</html>\n")
                .write("zipped.jsonl", gzip(vote(2, 20, DAY)))
                .write("binary.jsonl", new byte[] {0, 1, 2, 3, (byte) 0xff, 10, 7})
                .write("cut.jsonl.gz", Arrays.copyOf(gzip(vote(1, 10, DAY)), 60))
                .write("plain.jsonl.gz", vote(2, 20, DAY))
                .write("good.jsonl", vote(3, 30, DAY), "nonsense\n", "nonsense\n");

        FileRun.JsonInput read = delivered.read("64MB");

        assertThatThrownBy(() -> read.input().refused().failIfAny("The others are loaded."))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("7 files cannot be loaded: ")
                .hasMessageContaining("array.jsonl: It is a JSON array")
                .hasMessageContaining("lines of an array.jsonl: It is a JSON array")
                .hasMessageContaining("page.jsonl: It is HTML")
                .hasMessageContaining("zipped.jsonl: It is compressed by gzip")
                .hasMessageContaining("binary.jsonl: It is binary")
                .hasMessageContaining("cut.jsonl.gz cannot be read to its end")
                .hasMessageContaining("plain.jsonl.gz cannot be read to its end")
                .hasMessageContaining("one JSON object on each line");
        assertThat(texts(read.input().files(), "regexp_extract(_file, '[^/]*$', 0)"))
                .containsExactly("good.jsonl");
        assertThat(texts(read.input().accepted(), "id")).containsExactly("3");
        assertThat(texts(read.input().quarantined(), "_text")).containsExactly("nonsense", "nonsense");
        assertThat(read.lines().count()).isEqualTo(3);
    }

    @Test
    void generatedVotesAreTakenButForTheLinesThatCannotBe() throws IOException {
        int files = VoteGenerator.of(5, 2_500).write(delivered.folder().toString());
        String first = Files.readString(directory.resolve("votes/votes-0002.jsonl"));
        VoteGenerator.of(5, 2_500).write(delivered.folder().toString());

        FileRun.JsonInput read = delivered.read("64MB");

        assertThat(files).isEqualTo(3);
        assertThat(directory.resolve("votes/votes-0002.jsonl")).hasContent(first);
        Dataset<Row> statuses =
                Deduplication.of(VoteTables.VOTES.key()).statuses(read.input().accepted(), VoteLoad.CONTENT);
        assertThat(texts(
                        statuses.groupBy("_file", Deduplication.Status.COLUMN)
                                .count()
                                .orderBy("_file", "_status"),
                        "regexp_extract(_file, '[^/]*$', 0)",
                        "_status",
                        "count"))
                .containsExactly(
                        "votes-0001.jsonl|NEW|1000",
                        "votes-0002.jsonl|NEW|1000",
                        "votes-0002.jsonl|REPEATED|20",
                        "votes-0003.jsonl|CONFLICT|1",
                        "votes-0003.jsonl|NEW|500",
                        "votes-0003.jsonl|REPEATED|20");
        assertThat(texts(read.input().quarantined(), "_line")).containsExactly("522", "523");
    }

    private static List<String> texts(Dataset<Row> rows, String... columns) {
        return (Arrays.asList(rows.columns()).contains("_line") ? rows.orderBy("_file", "_line") : rows)
                .selectExpr(Stream.of(columns)
                        .map("ifnull(CAST(%s AS STRING), 'null')"::formatted)
                        .reduce((left, right) -> left + ", '|', " + right)
                        .map("concat(%s)"::formatted)
                        .orElseThrow())
                .as(Encoders.STRING())
                .collectAsList();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
