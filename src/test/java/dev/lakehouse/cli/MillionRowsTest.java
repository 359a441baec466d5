package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.cli.Launcher.Ended;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job at scale, in the memory that a laptop spares. */
@Tag("heavy")
final class MillionRowsTest {
    @TempDir
    Path directory;

    @Test
    void aMillionMembersFitIntoTwoGigabytesAndEachStepSaysItsSpeed() throws Exception {
        Ended run = Launcher.forMuchWorkIn(directory)
                .run("--servers", "embedded", "--heap", "2g", "run", "members", "--rows", "1000000");

        System.out.print(run.out());
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .containsPattern("Generated 1,000,000 members .*: [0-9.]+ s, [0-9,]+ rows/s\n")
                .containsPattern("source = Parquet: 1,000,000 rows, checksum -?\\d+ \\([0-9.]+ s, [0-9,]+ rows/s\\)\n")
                .containsPattern("1,000,000 inserted, 0 updated, 0 deleted \\([0-9.]+ s, [0-9,]+ rows/s\\)\n")
                .containsPattern("accepted \\+ stale: 1,000,000 rows \\+ 0, checksum -?\\d+\n");
    }
}
