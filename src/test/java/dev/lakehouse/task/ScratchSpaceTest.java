package dev.lakehouse.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchSpaceTest {
    @TempDir
    Path folder;

    @Test
    void whatWasLeftBehindIsDeletedAndWhatIsInUseIsNot() throws IOException {
        Path old = make(Instant.now().minus(Duration.ofDays(3)).getEpochSecond() + "-old/part");
        Path used = make(Instant.now().minus(Duration.ofHours(5)).getEpochSecond() + "-used/part");
        Path other = make("something else/part");

        String place = ScratchSpace.below(folder + "/").location();

        assertThat(place)
                .startsWith(folder + "/")
                .isNotEqualTo(ScratchSpace.below(folder.toString()).location());
        assertThat(old).doesNotExist();
        assertThat(used).exists();
        assertThat(other).exists();
    }

    @Test
    void thereNeedNotBeAnything() {
        assertThat(ScratchSpace.below(folder.resolve("missing").toString()).location())
                .contains("missing/");
    }

    private Path make(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "");
    }
}
