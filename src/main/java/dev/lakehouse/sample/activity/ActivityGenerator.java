package dev.lakehouse.sample.activity;

import dev.lakehouse.storage.FileStore;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/**
 * Realistic input, the same for the same seed and number of rows. One line in 20 repeats id and instant of an earlier
 * one (in another offset, with another revenue), one in 500 is bad. There are ties, scores that are missing or not a
 * number, and lists that are empty, null or missing.
 *
 * @param rows number of lines
 */
public record ActivityGenerator(long seed, long rows) {
    private static final int BUFFER = 1 << 16;
    private static final int REPEATS_EVERY = 20;
    private static final int REPEATS_BACK = 7;
    private static final int BAD_EVERY = 500;

    /** The format of the file. */
    public enum Format {
        PLAIN("activity.json"),
        GZIP("activity.json.gz");

        private final String file;

        Format(String file) {
            this.file = file;
        }
    }

    /**
     * The generated data, to check a run.
     *
     * @param file its location
     * @param repeated lines that repeat an earlier one
     * @param flattened rows of the other lines after flattening, one per widget
     */
    public record Made(String file, long rows, long repeated, long bad, long flattened) {}

    /** Writes a file into a folder and replaces an earlier one. */
    public Made write(String folder, Format format) {
        FileStore files = FileStore.of(folder);
        long[] flattened = new long[1];
        String file = folder + "/" + format.file;
        files.replace(file, out -> {
            OutputStream lines = format == Format.GZIP ? new GZIPOutputStream(out, BUFFER) : out;
            flattened[0] = lines(new BufferedOutputStream(lines, BUFFER));
            if (lines instanceof GZIPOutputStream gzip) {
                gzip.finish();
            }
        });
        for (Format other : Format.values()) {
            if (other != format) {
                files.delete(folder + "/" + other.file);
            }
        }
        return new Made(
                file, rows, count(REPEATS_EVERY, REPEATS_EVERY - 1), count(BAD_EVERY, BAD_EVERY / 2), flattened[0]);
    }

    private long lines(OutputStream out) throws IOException {
        long flattened = 0;
        for (long i = 0; i < rows; i++) {
            if (i % BAD_EVERY == BAD_EVERY / 2) {
                out.write(GeneratedActivity.of(seed, rows, i).badLine((int) (i / BAD_EVERY)));
            } else if (i % REPEATS_EVERY == REPEATS_EVERY - 1) {
                out.write(
                        utf8(GeneratedActivity.of(seed, rows, i - REPEATS_BACK).repetition()));
            } else {
                GeneratedActivity activity = GeneratedActivity.of(seed, rows, i);
                out.write(utf8(activity.line()));
                flattened += Math.max(1, activity.widgets());
            }
            out.write('\n');
        }
        out.flush();
        return flattened;
    }

    /** The number of lines at a position in each group of lines. */
    private long count(long every, long place) {
        return (rows + every - 1 - place) / every;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
