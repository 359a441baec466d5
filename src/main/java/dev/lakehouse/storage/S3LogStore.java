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
 * Delta's commits on S3 outside Databricks, by conditional create. The log store that Delta uses for {@code s3a://} by
 * default guards commits inside one JVM only: two drivers that append at the same time lose commits without a word.
 *
 * <p>Set by {@code spark.delta.logStore.s3a.impl}.
 */
public final class S3LogStore extends HadoopFileSystemLogStore {

    /** The form in which Delta creates log stores. */
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

    /** A PUT is visible whole or not at all. */
    @Override
    public Boolean isPartialWriteVisible(Path path, Configuration configuration) {
        return false;
    }
}
