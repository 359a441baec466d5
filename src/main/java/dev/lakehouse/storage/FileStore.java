package dev.lakehouse.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Files by their location, wherever that is: {@code s3a://} and other Hadoop file systems, and by plain Java for local
 * paths, {@code file:} and Databricks' {@code /Volumes}. The one way in which the lakehouse touches files itself
 * (manifests, claims, checksums of data files); data is read and written by Spark.
 *
 * <p>A store that cannot be reached, a missing bucket or a refused access is a {@link dev.lakehouse.UserError}, and so is a
 * Hadoop file system on a compute that has none.
 */
public interface FileStore {

    /** The store that a location belongs to. */
    static FileStore of(String location) {
        return LocalFileStore.holds(location) ? LocalFileStore.INSTANCE : HadoopFiles.of(location);
    }

    /** Whether a file or a directory with files is there. */
    boolean exists(String location);

    /** The files right below a directory, without directories, by name; empty where there is no such directory. */
    List<StoredFile> files(String directory);

    /** The directories right below a directory, by name (not whole paths); empty where there is no such directory. */
    List<String> directories(String directory);

    /** All files below a directory, however deep, by path. */
    List<StoredFile> filesBelow(String directory);

    /** Opens a file; a missing one throws {@link java.io.FileNotFoundException}, unchecked. */
    InputStream open(String location);

    /** The last bytes of a file, without reading what stands before them; all of one that has not so many. */
    byte[] end(String location, int bytes);

    /**
     * Creates a file that must not be there yet, whole or not at all; of several writers exactly one succeeds.
     *
     * @return whether this call created it
     */
    Creation create(String location, byte[] content);

    /**
     * Writes a file, in place of one that may be there: whoever reads it sees the one or the other, whole. On a failure
     * the one that was there stays.
     */
    void replace(String location, Content content);

    /** Removes a file, or a directory with all below it; nothing happens where there is none. */
    void delete(String location);

    /** Writes what a file shall hold, however large. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** How a conditional create ended. */
    enum Creation {
        CREATED,
        TAKEN
    }

    /** A whole text file, UTF-8. */
    default String text(String location) {
        try (InputStream in = open(location)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SHA-256 of a file's bytes, in lower-case hexadecimal digits; reads it once, in bounded memory. */
    default String sha256(String location) {
        try (DigestInputStream in = new DigestInputStream(open(location), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
