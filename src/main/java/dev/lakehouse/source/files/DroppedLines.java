package dev.lakehouse.source.files;

import dev.lakehouse.UserError;
import dev.lakehouse.storage.FileStore;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Finds files in which Spark's reader dropped lines that are too long: fewer bytes were read than the file has. Copies
 * of these files have a short line in place of each dropped line.
 *
 * @param limit in bytes
 * @param scratch a location for copies
 * @param mark the prefix of the short lines, which is not predictable
 */
record DroppedLines(long limit, String scratch, String mark) {
    private static final int GZIP_SIZE = 4;

    /** The bytes that were read do not include a byte-order mark. */
    private static final int BYTE_ORDER_MARK = 3;

    static DroppedLines beyond(long limit, String scratch) {
        return new DroppedLines(limit, scratch, UUID.randomUUID() + ":");
    }

    /** Whether dropped lines of a file can be found. Other compressions can only be read by Spark's reader. */
    static boolean canBeFoundIn(String file) {
        return isGzip(file) || !file.toLowerCase(Locale.ROOT).matches(".*\\.(bz2|deflate|snappy|lz4|zst|zstd)");
    }

    private static boolean isGzip(String file) {
        return file.toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    /**
     * The copies of files with dropped lines, by their location, each with the location of its file.
     *
     * @param read the bytes read of each file, including line ends
     * @param sizes of the files
     */
    Map<String, String> copies(Map<String, Long> read, Map<String, Long> sizes) {
        Map<String, String> copies = new HashMap<>();
        sizes.forEach((file, size) -> {
            if (canBeFoundIn(file) && maybeDropped(file, size, read.getOrDefault(file, 0L)) && hasLongLine(file)) {
                String copy = scratch + "/" + copies.size() + ".txt";
                copy(file, copy);
                copies.put(copy, file);
            }
        });
        return copies;
    }

    private boolean maybeDropped(String file, long size, long read) {
        if (!isGzip(file)) {
            return size - read > limit;
        }
        // The size before compression, modulo 2^32; if the file has several parts, that of the last part.
        ByteBuffer end =
                ByteBuffer.wrap(FileStore.of(file).end(file, GZIP_SIZE)).order(ByteOrder.LITTLE_ENDIAN);
        int missing = end.remaining() < GZIP_SIZE ? Integer.MAX_VALUE : end.getInt() - (int) read;
        return missing < -1 || missing > BYTE_ORDER_MARK;
    }

    private boolean hasLongLine(String file) {
        try (InputStream in = open(file)) {
            return LongLines.areIn(in, limit);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private void copy(String file, String copy) {
        FileStore.of(copy).replace(copy, out -> {
            try (InputStream in = open(file);
                    BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16)) {
                LongLines.replace(in, buffered, limit, mark);
            }
        });
    }

    private static InputStream open(String file) throws IOException {
        InputStream in = FileStore.of(file).open(file);
        return isGzip(file) ? new GZIPInputStream(in, 1 << 16) : in;
    }

    private static RuntimeException unreadable(String file, IOException e) {
        return e instanceof EOFException || e instanceof ZipException
                ? new UserError(
                        file + " cannot be read to its end.",
                        "It is damaged or incomplete.",
                        "Deliver the file again, then run the task again. This run has loaded nothing.",
                        e)
                : new UncheckedIOException(e);
    }
}
