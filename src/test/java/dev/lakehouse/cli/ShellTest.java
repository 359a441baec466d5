package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.cli.Launcher.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands in one process, read from the standard input. */
@Tag("cli")
final class ShellTest {
    @TempDir
    private Path directory;

    @Test
    void commandsShareServersSparkAndHomeUpToTheFirstThatFails() throws Exception {
        Ended ended = Launcher.in(directory).runShell("""
                # the main job, twice
                run members --rows 200
                generate members --change 5%
                run members

                sql --format csv "SELECT count(*) AS runs, count(DISTINCT run_id) FROM ops.task_runs"
                keys rotate
                sql --format csv 'SELECT "a b" AS quoted'
                sql "SET TIME ZONE 'Asia/Tokyo'"
                sql --format csv "SELECT current_timezone() AS zone"
                ddl
                sql "SELECT nothing"
                sql "SELECT 'not reached'"
                """);

        assertThat(ended.status()).as(ended.out() + ended.err()).isEqualTo(1);
        assertThat(ended.out())
                .contains("changed     200 inserted, 0 updated, 0 deleted (")
                .contains("wrote       200 rows, ")
                .contains("of extract 2")
                .containsPattern("\nruns,.*\n\\d\\d,4\n")
                .contains("New pseudonyms use the key ")
                .contains("\nquoted\na b\n")
                .contains("\nzone\nUTC\n")
                .doesNotContain("not reached");
        assertThat(ended.err())
                .containsOnlyOnce("S3: ")
                .containsOnlyOnce("MySQL: ")
                .contains("error: ")
                .contains("nothing");
    }

    @Test
    void whatNeedsAProcessOfItsOwnIsRefused() throws Exception {
        Launcher lakehouse = Launcher.in(directory);

        assertThat(lakehouse.runShell("benchmark orders").err()).contains("error: The command is not valid.");
        assertThat(lakehouse.runShell("run orders_stream").err())
                .contains("error: 'orders_stream' cannot run in a shell.")
                .contains("./lakehouse run orders_stream");
    }

    @Test
    void homeAndServersStayThoseOfTheShell() throws Exception {
        Ended ended = Launcher.in(directory).runShell("workflows\nsql --home other \"SELECT 1\"\n");

        assertThat(ended.status()).as(ended.out() + ended.err()).isEqualTo(2);
        assertThat(ended.out()).contains("members_extract");
        assertThat(ended.err())
                .contains("error: --home cannot be used in a shell.")
                .contains("give --home to './lakehouse shell'");
        assertThat(directory.resolve("other")).doesNotExist();
        assertThat(Files.exists(directory.resolve(".lakehouse"))).isTrue();
    }
}
