package dev.lakehouse.extract.copy;

import dev.lakehouse.source.mysql.RowFormat;
import dev.lakehouse.storage.FileStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * The files that a group is written into, one at a time per folder. Parquet keeps the rows of a file in memory until it is
 * closed; if all together need more than their share, or are too many, the largest is closed, and its folder gets another
 * file.
 */
final class DataFiles {
    private static final int MOST_OPEN = 100;

    /** Memory is looked at after so many parts of the limit. */
    private static final int SHARES = 8;

    /** What a column of an open file needs before it has values, in bytes. */
    private static final long EMPTY_COLUMN = 20_000;

    private final TableCopy copy;
    private final int group;
    private final long limit;
    private final List<String> distinct;
    private final FileStore store;
    private final Map<String, OpenFile> open = new HashMap<>();
    private final List<WrittenFile> written = new ArrayList<>();
    private long unchecked;

    /**
     * @param limit bytes of memory
     * @param distinct columns without a dictionary
     */
    DataFiles(TableCopy copy, int group, long limit, List<String> distinct) {
        this.copy = copy;
        this.group = group;
        this.limit = limit;
        this.distinct = distinct;
        this.store = copy.files().at(copy.directory());
    }

    /** Adds a row to a folder, which is empty for the extract's own. */
    void add(String folder, CopiedRow row) {
        if (open.size() == MOST_OPEN && !open.containsKey(folder)) {
            closeLargest();
        }
        open.computeIfAbsent(folder, OpenFile::new).write(row);
        unchecked += row.memory();
        if (unchecked > limit / SHARES) {
            unchecked = 0;
            while (memory() > limit) {
                closeLargest();
            }
        }
    }

    private long memory() {
        return open.values().stream().mapToLong(OpenFile::memory).sum();
    }

    private void closeLargest() {
        open.entrySet().stream()
                .max(Comparator.comparingLong(file -> file.getValue().memory()))
                .map(Map.Entry::getKey)
                .ifPresent(largest -> written.add(open.remove(largest).close()));
    }

    /** Completes all files. */
    List<WrittenFile> close() {
        open.values().forEach(file -> written.add(file.close()));
        open.clear();
        return written;
    }

    /** Gives up the files that are open after a failure. */
    void abandon() {
        open.values().forEach(file -> file.output.abandon());
    }

    private final class OpenFile {
        private final String path;
        private final HashedOutput output;
        private final ParquetWriter<CopiedRow> writer;
        private long rows;

        OpenFile(String folder) {
            // Each attempt of a task has files of its own, so that none is written twice.
            path = (folder.isEmpty() ? "" : folder + "/")
                    + String.format(Locale.ROOT, "part-%05d-%s.zstd.parquet", group, UUID.randomUUID());
            output = new HashedOutput(store.write(copy.directory(), path));
            try {
                writer = new Writer(output).build();
            } catch (IOException e) {
                output.abandon();
                throw new UncheckedIOException(e);
            }
        }

        void write(CopiedRow row) {
            try {
                writer.write(row);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            rows++;
        }

        long memory() {
            return writer.getDataSize() - output.getPos() + copy.schema().size() * EMPTY_COLUMN;
        }

        WrittenFile close() {
            try {
                writer.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new WrittenFile(path, rows, output.getPos(), output.sha256());
        }
    }

    private final class Writer extends ParquetWriter.Builder<CopiedRow, Writer> {
        Writer(HashedOutput output) {
            super(output);
            Configuration settings = new Configuration(false);
            settings.set("parquet.compression.codec.zstd.level", "1"); // higher ones cost time and save little
            withConf(settings);
            withCompressionCodec(CompressionCodecName.ZSTD);
            withDictionaryEncoding(RowFormat.CHECKSUM, false);
            distinct.forEach(column -> withDictionaryEncoding(column, false));
        }

        @Override
        protected Writer self() {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation") // abstract still
        protected WriteSupport<CopiedRow> getWriteSupport(Configuration settings) {
            return new RowWriteSupport(copy.schema(), copy.sparkVersion());
        }
    }
}
