package dev.lakehouse.storage;

import dev.lakehouse.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.List;

/**
 * Files at any location: {@code s3a://} and other Hadoop file systems, and by plain Java for local paths, {@code file:}
 * and Databricks' {@code /Volumes}. All direct access to files uses this interface (manifests, claims, checksums of
 * data files), and so do the data files of an extract. Other data is read and written by Spark.
 *
 * <p>An unreachable store, a missing bucket or a refused access throws a {@link dev.lakehouse.UserError}. So does a
 * Hadoop file system on compute without Hadoop.
 */
public interface FileStore {

    /** The store of a location. */
    static FileStore of(String location) {
        return LocalFileStore.holds(location) ? LocalFileStore.INSTANCE : HadoopFiles.of(location);
    }

    /** Whether a file, or a directory with files, exists. */
    boolean exists(String location);

    /** The files directly in a directory, sorted by name; empty if there is no such directory. */
    List<StoredFile> files(String directory);

    /** The names of the directories directly in a directory; empty if there is no such directory. */
    List<String> directories(String directory);

    /** All files below a directory at any depth, sorted by path. */
    List<StoredFile> filesBelow(String directory);

    /** Opens a file. A missing file throws {@link java.io.FileNotFoundException}, unchecked. */
    InputStream open(String location);

    /** Opens a file to be read at any place. A missing file throws {@link java.io.FileNotFoundException}, unchecked. */
    StoreInput openAnywhere(String location);

    /**
     * Creates or replaces a file while it is written: a part of it may be seen before the stream is closed. For files that
     * readers know only later, such as those of an extract, by its manifest.
     *
     * @param path below the directory; errors name the directory alone, because the path of a file may have values of its rows
     */
    StoreOutput write(String directory, String path);

    /** The last bytes of a file, or the whole file if it is shorter. Earlier bytes are not read. */
    byte[] end(String location, int bytes);

    /**
     * Creates a file that must not exist yet, atomically. Exactly one of several writers succeeds.
     *
     * @return whether this call created it
     */
    Creation create(String location, byte[] content);

    /**
     * Creates or replaces a file atomically: readers see either the old or the new content. After a failure the old
     * file stays.
     */
    void replace(String location, Content content);

    /** Removes a file, or a directory recursively. Does nothing if it does not exist. */
    void delete(String location);

    /** Writes the content of a file of any size. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** The result of a conditional create. */
    enum Creation {
        CREATED,
        TAKEN
    }

    /** The content of a UTF-8 text file. */
    default String text(String location) {
        try (InputStream in = open(location)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The SHA-256 of a file in lower-case hexadecimal digits. Reads the file once, in bounded memory. */
    default String sha256(String location) {
        try (DigestInputStream in = new DigestInputStream(open(location), Sha256.digest())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
