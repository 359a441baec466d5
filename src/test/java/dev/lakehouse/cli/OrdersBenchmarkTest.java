package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.cli.Launcher.Ended;
import dev.lakehouse.cli.Launcher.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small benchmark of the stream of orders, after one that was killed. */
@Tag("heavy")
final class OrdersBenchmarkTest {
    private static final String[] SMALL = {
        "--servers", "embedded", "benchmark", "orders", "--orders", "2000", "--rate", "10/second", "--for", "10s"
    };

    @TempDir
    Path directory;

    @Test
    void itTellsWhatItMeasuredAndNothingStaysOfItNorOfAKilledOne() throws Exception {
        Launcher lakehouse = Launcher.forMuchWorkIn(directory);
        Running killed = lakehouse.start(SMALL);
        killed.await("\nSent ");
        killed.kill();
        assertThat(places()).as("places of the killed one").isNotEmpty();

        Ended run = lakehouse.run(SMALL);

        System.out.print(run.out());
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .containsPattern("\n  into empty tables +2,0[0-9]{2} +[0-9.]+ +[0-9,]+\n")
                .containsPattern("\n  into filled tables +2[0-9]{2} +[0-9.]+ +[0-9,]+\n")
                .containsPattern("\n  orders\\.orders +2,000 +[0-9,]+ +200 +[0-9,]+ +[0-9.]+ kB\n")
                .containsPattern("\n  orders\\.orders +1[0-9]{2} +[0-9]+( +[0-9]+\\.[0-9]{2}){4}\n")
                .containsPattern("\n  orders\\.customer_hourly +1[0-9]{2} +[0-9]+( +[0-9]+\\.[0-9]{2}){4}\n");
        assertThat(places()).isEmpty();
        assertThat(directory.resolve(".lakehouse/s3/lakehouse")).isEmptyDirectory();
    }

    /** Folders in S3 and in Kafka, which keeps those of a removed topic as deleted until it has run a minute more. */
    private List<Path> places() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve(".lakehouse"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("benchmark"))
                    .filter(file -> !file.getFileName().toString().endsWith("-delete"))
                    .toList();
        }
    }
}
