package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.cli.Launcher.Ended;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Activity at scale, in the memory that a laptop spares, from one compressed file, which one task has to read alone. The
 * system property {@code lakehouse.activity.rows} asks for another number than a million.
 */
@Tag("heavy")
final class ActivityAtScaleTest {
    private static final long ROWS = Long.getLong("lakehouse.activity.rows", 1_000_000);
    private static final Pattern GENERATED =
            Pattern.compile("([0-9,]+) repeat an earlier one, ([0-9,]+) are bad; the others give ([0-9,]+) rows");

    @TempDir
    Path directory;

    @Test
    void theCountsAreThoseOfTheGeneratorAndASecondRunWritesNothing() throws Exception {
        Launcher lakehouse = Launcher.forMuchWorkIn(directory);
        Ended generated =
                lakehouse.run("--servers", "embedded", "generate", "activity", "--gzip", "--rows", Long.toString(ROWS));
        Matcher expected = GENERATED.matcher(generated.out());
        assertThat(expected.find()).as(generated.out()).isTrue();

        Ended run = lakehouse.run("--heap", "2g", "run", "activity");

        System.out.print(run.out());
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains(String.format(Locale.ROOT, "read        %,d rows in 1 file", ROWS))
                .contains("warning     " + expected.group(2) + " rows in activity.activity_quarantine")
                .contains("removed     " + expected.group(1) + " rows with the id and created_at of an earlier one")
                .contains("flattened   " + expected.group(3) + " rows of ");
        assertThat(lakehouse.run("--heap", "2g", "run", "activity").out())
                .contains("activity.user_activity already has these rows")
                .doesNotContain("replaced");
    }
}
