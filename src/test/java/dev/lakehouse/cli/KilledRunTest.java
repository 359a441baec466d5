package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.cli.Launcher.Ended;
import dev.lakehouse.cli.Launcher.Running;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed leaves servers behind and work half done; the next one has to cope with both. */
@Tag("heavy")
final class KilledRunTest {
    private static final int ROWS = 20_000;

    @TempDir
    Path directory;

    @Test
    void aPlainRunAfterKillsInBothWorkflowsEndsWithTheRightRows() throws Exception {
        Launcher lakehouse = Launcher.in(directory);
        kill(lakehouse.start("--servers", "embedded", "run", "members", "--rows", "" + ROWS), "\n-- extract\n");
        kill(lakehouse.start("run", "members"), "\n-- load\n");

        Ended plain = lakehouse.run("run", "members");

        assertThat(plain.err()).isEmpty();
        assertThat(plain.status()).as(plain.out()).isZero();
        assertThat(plain.out())
                .containsPattern(
                        "source = Parquet: 20,000 rows, checksum (-?\\d+)[^$]*accepted \\+ stale: 20,000 rows \\+ 0,"
                                + " checksum \\1\n");
        Ended counted = lakehouse.run(
                "sql", "--format", "csv", "SELECT count(*) AS r, count(DISTINCT member_id) AS k FROM members.members");
        assertThat(counted.out()).isEqualTo("r,k\n20000,20000\n");
    }

    private static void kill(Running running, String after) throws Exception {
        running.await(after);
        // In the midst of the task, wherever that is on this machine.
        Thread.sleep(3_000);
        assertThat(running.process().isAlive()).isTrue();
        running.kill();
    }
}
