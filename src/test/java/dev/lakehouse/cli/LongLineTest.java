package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.cli.Launcher.Ended;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A line that Spark's reader has no room for in the usual heap, by the command line. */
@Tag("heavy")
final class LongLineTest {
    private static final String VOTE = "{\"Id\":%d,\"PostId\":10,\"VoteTypeId\":2,\"CreationDate\":\"2024-03-04\"}\n";

    @TempDir
    Path directory;

    @Test
    void aLineOfThreeHundredMegabytesIsQuarantinedAndItsNeighboursAreStored() throws Exception {
        Launcher lakehouse = Launcher.in(directory);
        Path file = Files.writeString(directory.resolve("votes.jsonl"), VOTE.formatted(1));
        byte[] part = new byte[1_000_000];
        Arrays.fill(part, (byte) 'x');
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            for (int i = 0; i < 300; i++) {
                out.write(part);
            }
            out.write(("\n" + VOTE.formatted(2)).getBytes(StandardCharsets.UTF_8));
        }

        Ended run = lakehouse.run("--servers", "embedded", "run", "votes_ingest", "--input", "votes.jsonl");

        assertThat(run.status()).as(run.out() + run.err()).isZero();
        assertThat(sql(lakehouse, "SELECT id FROM blog_analysis.votes ORDER BY id"))
                .isEqualTo("id\n1\n2\n");
        assertThat(sql(lakehouse, "SELECT _line, _reasons[0] AS reason, _text FROM blog_analysis.votes_quarantine"))
                .contains("2,longer than a line may be: 300000000 bytes,");
    }

    private static String sql(Launcher lakehouse, String query) throws Exception {
        return lakehouse.run("sql", "--format", "csv", query).out();
    }
}
