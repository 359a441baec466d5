package dev.lakehouse.storage;

import io.delta.storage.HadoopFileSystemLogStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Writes Delta's commits on S3 outside Databricks by conditional create. Delta's default log store for {@code s3a://}
 * only protects commits within one JVM: two drivers that append at the same time lose commits without an error.
 *
 * <p>Set by {@code spark.delta.logStore.s3a.impl}.
 */
public final class S3LogStore extends HadoopFileSystemLogStore {

    /** The constructor that Delta calls. */
    public S3LogStore(Configuration configuration) {
        super(configuration);
    }

    @Override
    public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration configuration)
            throws IOException {
        FileSystem files = path.getFileSystem(configuration);
        FileStore.Content lines = out -> {
            while (actions.hasNext()) {
                out.write(actions.next().getBytes(StandardCharsets.UTF_8));
                out.write('\n');
            }
        };
        if (overwrite) {
            try (var out = files.create(path, true)) {
                lines.writeTo(out);
            }
        } else if (!ConditionalCreate.create(files, path, lines)) {
            throw new FileAlreadyExistsException(path.toString());
        }
    }

    /** False, because a PUT is atomic. */
    @Override
    public Boolean isPartialWriteVisible(Path path, Configuration configuration) {
        return false;
    }
}
