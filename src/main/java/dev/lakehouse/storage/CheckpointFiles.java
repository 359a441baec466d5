package dev.lakehouse.storage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;
import org.apache.spark.sql.execution.streaming.checkpointing.CheckpointFileManager;

/**
 * Writes checkpoints of streams on S3 outside Databricks by conditional create. Spark's default checks whether a file
 * exists and then renames another one to it. Two streams with the same checkpoint could overwrite each other's plans,
 * and messages would be skipped.
 *
 * <p>Set by {@code spark.sql.streaming.checkpointFileManagerClass}.
 */
public final class CheckpointFiles implements CheckpointFileManager {
    private final FileSystem files;
    private final Path checkpoint;

    /** The constructor that Spark calls. */
    public CheckpointFiles(Path checkpoint, Configuration configuration) throws IOException {
        this.files = checkpoint.getFileSystem(configuration);
        this.checkpoint = checkpoint;
    }

    @Override
    public CancellableFSDataOutputStream createAtomic(Path path, boolean overwriteIfPossible) {
        return new Whole(path, overwriteIfPossible, new ByteArrayOutputStream());
    }

    @Override
    public FSDataInputStream open(Path path) {
        return unchecked(() -> files.open(path));
    }

    @Override
    public FileStatus[] list(Path path, PathFilter filter) {
        return unchecked(() -> files.listStatus(path, filter));
    }

    @Override
    public void mkdirs(Path path) {
        unchecked(() -> files.mkdirs(path));
    }

    @Override
    public boolean exists(Path path) {
        return unchecked(() -> files.exists(path));
    }

    @Override
    public void delete(Path path) {
        unchecked(() -> files.delete(path, true));
    }

    @Override
    public boolean isLocal() {
        return files.getScheme().equals("file");
    }

    @Override
    public Path createCheckpointDirectory() {
        Path absolute = files.makeQualified(checkpoint);
        mkdirs(absolute);
        return absolute;
    }

    private interface Access<T> {
        T run() throws IOException;
    }

    /** Rethrows checked exceptions, which Spark expects although its Scala interface declares none. */
    private static <T> T unchecked(Access<T> access) {
        try {
            return access.run();
        } catch (IOException e) {
            CheckpointFiles.<RuntimeException>undeclared(e);
            throw new IllegalStateException(e); // never reached
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void undeclared(Throwable failure) throws E {
        throw (E) failure;
    }

    /** A small file that is kept in memory until it is complete. */
    private final class Whole extends CancellableFSDataOutputStream {
        private final Path path;
        private final boolean overwrite;
        private final ByteArrayOutputStream bytes;
        private boolean isOpen = true;

        Whole(Path path, boolean overwrite, ByteArrayOutputStream bytes) {
            super(bytes);
            this.path = path;
            this.overwrite = overwrite;
            this.bytes = bytes;
        }

        @Override
        public void cancel() {
            isOpen = false;
        }

        @Override
        public void close() throws IOException {
            if (!isOpen) {
                return;
            }
            isOpen = false;
            flush();
            if (overwrite) {
                try (var out = files.create(path, true)) {
                    bytes.writeTo(out);
                }
            } else if (!ConditionalCreate.create(files, path, bytes::writeTo)) {
                throw new FileAlreadyExistsException(path.toString());
            }
        }
    }
}
