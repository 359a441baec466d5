package dev.lakehouse.storage;

import dev.lakehouse.UserError;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.sql.SparkSession;

/** Files of Hadoop file systems, with the settings of the current Spark session or those that a Spark task carries. */
final class HadoopFileStore implements FileStore {
    private final FileSystem files;

    private HadoopFileStore(FileSystem files) {
        this.files = files;
    }

    static HadoopFileStore of(String location) {
        return of(location, settings());
    }

    static TaskFiles inTasks() {
        return HadoopTaskFiles.with(settings());
    }

    private static Configuration settings() {
        return SparkSession.active().sparkContext().hadoopConfiguration();
    }

    static HadoopFileStore of(String location, Configuration settings) {
        try {
            return new HadoopFileStore(FileSystem.get(new Path(location).toUri(), settings));
        } catch (IOException e) {
            throw explain(location, e);
        }
    }

    @Override
    public boolean exists(String location) {
        try {
            return files.exists(new Path(location));
        } catch (IOException e) {
            throw explain(location, e);
        }
    }

    @Override
    public List<StoredFile> files(String directory) {
        return list(directory).stream()
                .filter(FileStatus::isFile)
                .map(HadoopFileStore::stored)
                .toList();
    }

    @Override
    public List<String> directories(String directory) {
        return list(directory).stream()
                .filter(FileStatus::isDirectory)
                .map(status -> status.getPath().getName())
                .toList();
    }

    private List<FileStatus> list(String directory) {
        try {
            return java.util.Arrays.stream(files.listStatus(new Path(directory)))
                    .sorted(Comparator.comparing(FileStatus::getPath))
                    .toList();
        } catch (FileNotFoundException e) {
            return noneIn(directory, e);
        } catch (IOException e) {
            throw explain(directory, e);
        }
    }

    @Override
    public List<StoredFile> filesBelow(String directory) {
        try {
            List<StoredFile> found = new ArrayList<>();
            RemoteIterator<LocatedFileStatus> all = files.listFiles(new Path(directory), true);
            while (all.hasNext()) {
                found.add(stored(all.next()));
            }
            found.sort(Comparator.comparing(StoredFile::location));
            return found;
        } catch (FileNotFoundException e) {
            return noneIn(directory, e);
        } catch (IOException e) {
            throw explain(directory, e);
        }
    }

    /**
     * An empty list for a missing directory. A missing bucket, which Hadoop reports in the same way, throws an error.
     */
    private static <T> List<T> noneIn(String directory, FileNotFoundException e) {
        if (StorageErrors.isMissingBucket(e)) {
            throw explain(directory, e);
        }
        return List.of();
    }

    @Override
    public InputStream open(String location) {
        try {
            return files.open(new Path(location));
        } catch (FileNotFoundException e) {
            exists(location); // throws if the bucket is missing; opening only checks the file
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            throw explain(location, e);
        }
    }

    @Override
    public StoreInput openAnywhere(String location) {
        Path path = new Path(location);
        try {
            long size = files.getFileStatus(path).getLen();
            FSDataInputStream stream = files.open(path);
            return new StoreInput(stream, size) {
                @Override
                public long position() throws IOException {
                    return stream.getPos();
                }

                @Override
                public void seek(long position) throws IOException {
                    stream.seek(position);
                }
            };
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            throw explain(location, e);
        }
    }

    @Override
    public StoreOutput write(String directory, String path) {
        Path file = new Path(directory + "/" + path);
        try {
            FSDataOutputStream out = files.create(file, true);
            return new StoreOutput(out, e -> explain(directory, e), () -> ConditionalCreate.abandon(files, file, out));
        } catch (IOException e) {
            throw explain(directory, e);
        }
    }

    @Override
    public byte[] end(String location, int bytes) {
        Path path = new Path(location);
        try (FSDataInputStream in = files.open(path)) {
            long size = files.getFileStatus(path).getLen();
            byte[] end = new byte[(int) Math.min(bytes, size)];
            in.readFully(size - end.length, end);
            return end;
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            throw explain(location, e);
        }
    }

    @Override
    public Creation create(String location, byte[] content) {
        try {
            return ConditionalCreate.create(files, new Path(location), out -> out.write(content))
                    ? Creation.CREATED
                    : Creation.TAKEN;
        } catch (IOException e) {
            throw explain(location, e);
        }
    }

    @Override
    public void replace(String location, Content content) {
        Path path = new Path(location);
        boolean atOnce = ConditionalCreate.publishesOnClose(files);
        Path whole = atOnce ? path : new Path(path.getParent(), "." + path.getName() + "." + UUID.randomUUID());
        try {
            ConditionalCreate.write(files, whole, files.create(whole, true), content);
            if (!atOnce) {
                files.delete(path, false); // rename does not replace an existing file
                files.rename(whole, path);
            }
        } catch (IOException e) {
            throw explain(location, e);
        }
    }

    @Override
    public void delete(String location) {
        try {
            files.delete(new Path(location), true);
        } catch (IOException e) {
            throw explain(location, e);
        }
    }

    /** Explains an exception. Hadoop has its own class for {@code java.nio}'s AccessDeniedException. */
    private static UserError explain(String location, IOException e) {
        return e instanceof AccessControlException
                ? StorageErrors.refused(location, e)
                : StorageErrors.explain(location, e);
    }

    private static StoredFile stored(FileStatus status) {
        return new StoredFile(status.getPath().toString(), status.getLen());
    }
}
