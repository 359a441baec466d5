package dev.lakehouse.testing;

import dev.lakehouse.storage.FileStore;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The bytes of stored files, for tests that damage them. */
public final class StoredBytes {
    private StoredBytes() {}

    public static byte[] read(String location) {
        try (var in = FileStore.of(location).open(location)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void replace(String location, byte[] content) {
        FileStore files = FileStore.of(location);
        files.delete(location);
        files.create(location, content);
    }

    /** Makes one byte in the middle another one; the size stays. */
    public static void flipAByte(String location) {
        byte[] content = read(location);
        content[content.length / 2] ^= 1;
        replace(location, content);
    }
}
