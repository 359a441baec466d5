package dev.lakehouse.activity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.sample.activity.ActivityGenerator;
import dev.lakehouse.sample.activity.ActivityGenerator.Format;
import dev.lakehouse.sample.activity.ActivityGenerator.Made;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivityGeneratorTest {
    @TempDir
    Path directory;

    @Test
    void theSameSeedGivesTheSameLinesCompressedOrNotAndAnotherSeedOthers() throws IOException {
        byte[] plain = Files.readAllBytes(write(7, 2_000, Format.PLAIN));

        Path compressed = write(7, 2_000, Format.GZIP);

        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(compressed))) {
            assertThat(in.readAllBytes()).isEqualTo(plain);
        }
        assertThat(directory).isDirectoryNotContaining("glob:**.json");
        assertThat(Files.readAllBytes(write(8, 2_000, Format.PLAIN))).isNotEqualTo(plain);
    }

    @Test
    void itSaysHowManyLinesRepeatAnEarlierOneAreBadAndHowManyRowsFollow() throws IOException {
        Made made = new ActivityGenerator(123, 5_000).write(directory.toString(), Format.PLAIN);

        long repeated = 0;
        long bad = 0;
        long flattened = 0;
        Set<List<Object>> seen = new HashSet<>();
        for (String text : Files.readAllLines(Path.of(made.file()), ISO_8859_1)) {
            ParsedLine line = LineParser.parse(new String(text.getBytes(ISO_8859_1), UTF_8));
            if (!line.reasons().isEmpty() || text.contains("caf\u00e9")) {
                bad++;
            } else if (seen.add(List.of(line.id(), line.createdAtMicros()))) {
                flattened +=
                        Math.max(1, line.widgets() == null ? 0 : line.widgets().size());
            } else {
                repeated++;
            }
        }
        assertThat(made).isEqualTo(new Made(made.file(), 5_000, repeated, bad, flattened));
        assertThat(made.repeated()).isEqualTo(250);
        assertThat(made.bad()).isEqualTo(10);
    }

    private Path write(long seed, long rows, Format format) {
        return Path.of(new ActivityGenerator(seed, rows)
                .write(directory.toString(), format)
                .file());
    }
}
