package dev.lakehouse.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lakehouse.UserError;
import java.io.OutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StoreOutputTest {
    /** A device that is always full. */
    private static final Path FULL = Path.of("/dev/full");

    @Test
    void aFullDiskIsNamed() {
        assumeThat(FULL).exists();

        assertThatThrownBy(() -> {
                    try (OutputStream out = FileStore.of(FULL.toString()).write("/dev", "full")) {
                        out.write(1);
                    }
                })
                .isInstanceOf(UserError.class)
                .hasMessageContaining("/dev cannot be read or written")
                .hasMessageContaining("No space left on device");
    }
}
