package dev.lakehouse.storage;

import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;

/**
 * Creates a file only if it does not exist. The store checks this, on S3 by a PUT with {@code If-None-Match: *}. A
 * check before the write would leave a gap in which another writer's file is lost.
 */
final class ConditionalCreate {
    private static final Set<String> S3 = Set.of("s3a", "s3");
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;

    private ConditionalCreate() {}

    /**
     * Creates the file atomically.
     *
     * @return false if the file already exists
     */
    static boolean create(FileSystem files, Path path, FileStore.Content content) throws IOException {
        try {
            write(files, path, open(files, path), content);
            return true;
        } catch (FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            if (lostTheRace(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Writes an opened file. If writing fails, no file is created. */
    static void write(FileSystem files, Path path, FSDataOutputStream out, FileStore.Content content)
            throws IOException {
        try {
            content.writeTo(out);
        } catch (IOException | RuntimeException e) {
            abandon(files, path, out);
            throw e;
        }
        out.close();
    }

    /** Whether closing a file publishes it atomically and replaces an existing one. */
    static boolean publishesOnClose(FileSystem files) {
        return S3.contains(files.getScheme());
    }

    private static FSDataOutputStream open(FileSystem files, Path path) throws IOException {
        if (!publishesOnClose(files)) {
            return files.create(path, false);
        }
        FSDataOutputStreamBuilder<?, ?> builder = files.createFile(path);
        builder.overwrite(true);
        builder.must(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
        return builder.build();
    }

    /** Aborts the write, because closing would publish the incomplete file. */
    static void abandon(FileSystem files, Path path, FSDataOutputStream out) throws IOException {
        if (out.hasCapability("fs.capability.outputstream.abortable")) {
            out.abort();
        } else {
            out.close();
            files.delete(path, false);
        }
    }

    private static boolean lostTheRace(IOException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            // Checked by name first, because with another SDK the class cannot be loaded.
            if (t.getClass().getName().startsWith("software.amazon.awssdk.")
                    && t instanceof software.amazon.awssdk.awscore.exception.AwsServiceException aws) {
                return aws.statusCode() == PRECONDITION_FAILED || aws.statusCode() == CONFLICT;
            }
        }
        return false;
    }
}
