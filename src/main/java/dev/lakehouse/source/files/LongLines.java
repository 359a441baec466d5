package dev.lakehouse.source.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds lines beyond a limit in a stream. Its memory does not grow with the line. Spark's reader drops such a line
 * without an error, or runs out of memory.
 */
final class LongLines {
    private static final int BUFFER = 1 << 16;

    private LongLines() {}

    /** Whether a line has more bytes than the limit. */
    static boolean areIn(InputStream in, long limit) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long length = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            for (int i = 0; i < read; i++) {
                length = buffer[i] == '\n' ? 0 : length + 1;
                if (length > limit) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Copies a text and replaces each line that is too long by a short one, so that all lines keep their numbers.
     *
     * @param mark the prefix of a short line; the number of bytes of the replaced line follows
     */
    static void replace(InputStream in, OutputStream out, long limit, String mark) throws IOException {
        byte[] line = new byte[BUFFER];
        int kept = 0;
        long length = 0;
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            for (int i = 0; i < read; i++) {
                if (buffer[i] == '\n') {
                    write(out, line, kept, length, limit, mark);
                    out.write('\n');
                    kept = 0;
                    length = 0;
                    continue;
                }
                length++;
                if (length <= limit) {
                    if (kept == line.length) {
                        line = Arrays.copyOf(line, (int) Math.min(2L * kept, limit));
                    }
                    line[kept++] = buffer[i];
                }
            }
        }
        write(out, line, kept, length, limit, mark);
    }

    private static void write(OutputStream out, byte[] line, int kept, long length, long limit, String mark)
            throws IOException {
        if (length > limit) {
            out.write((mark + length).getBytes(StandardCharsets.US_ASCII));
        } else {
            out.write(line, 0, kept);
        }
    }
}
