package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.sample.SampleData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SamplesTest {
    @Test
    void everyProductWithASampleIsListedAsAService() throws IOException {
        Path packages = Path.of(System.getProperty("lakehouse.root"), "src/main/java/dev/lakehouse/sample");
        try (Stream<Path> folders = Files.list(packages)) {
            assertThat(Samples.find().all())
                    .extracting(SampleData::product)
                    .containsExactlyElementsOf(folders.filter(folder -> Files.exists(folder.resolve("Sample.java")))
                            .map(folder -> folder.getFileName().toString())
                            .sorted()
                            .toList());
        }
    }
}
