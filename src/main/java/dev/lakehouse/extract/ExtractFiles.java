package dev.lakehouse.extract;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.source.mysql.RangeSum;
import dev.lakehouse.source.mysql.RowFormat;
import dev.lakehouse.spark.SqlText;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.storage.StoredFile;
import dev.lakehouse.task.Step;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The files of an extract in progress: writes them, computes their sums, and corrects them. */
record ExtractFiles(SparkSession session, String directory, RowFormat format, FileLayout layout) {
    private static final Column RANGE = col(RowFormat.RANGE);
    private static final Column CHECKSUM = col(RowFormat.CHECKSUM);

    /** Adds rows with the schema {@link RowFormat#fileSchema()}. */
    void add(Dataset<Row> rows) {
        layout.write(rows, directory);
    }

    /** The rows of the files, with the schema {@link RowFormat#fileSchema()}. */
    Dataset<Row> rows() {
        return files(directory).select(columns());
    }

    /** The data files to list in the manifest, sorted by path. */
    List<StoredFile> list() {
        return FileStore.of(directory).filesBelow(directory).stream()
                .filter(file -> file.name().endsWith(".parquet"))
                .toList();
    }

    private Dataset<Row> files(String... locations) {
        return list().isEmpty()
                ? session.createDataFrame(List.<Row>of(), format.fileSchema())
                : session.read().schema(format.fileSchema()).parquet(locations);
    }

    /** Without the partition column, which Spark adds from the paths. */
    private Column[] columns() {
        return Arrays.stream(format.fileSchema().fieldNames())
                .map(name -> col(SqlText.identifier(name)))
                .toArray(Column[]::new);
    }

    /**
     * The content of the files.
     *
     * @param ranges count and checksum per key range; the checksums are computed again from all columns
     * @param rowsByFile rows per file, by its path below the extract's directory
     */
    record Contents(List<RangeSum> ranges, Map<String, Long> rowsByFile) {}

    /**
     * Reads all files back and computes their counts and checksums.
     *
     * @param ranges how many ranges there are; one without rows counts zero
     * @param expectedRows how many rows the files hold, as far as one knows
     */
    Contents contents(int ranges, long expectedRows) {
        Step.part("summing files", expectedRows);
        List<RangeSum> sums = new ArrayList<>(Collections.nCopies(ranges, RangeSum.EMPTY));
        Map<String, Long> rowsByFile = new HashMap<>();
        Column computed = format.checksum();
        if (!list().isEmpty()) {
            files(directory)
                    .groupBy(RANGE, col("_metadata.file_path"))
                    .agg(count(lit(1)), RangeSum.exactSum(computed), count(when(computed.notEqual(CHECKSUM), 1)))
                    .collectAsList()
                    .forEach(row -> {
                        if (row.getLong(4) != 0) {
                            throw new IllegalStateException(row.getLong(4) + " rows in " + directory
                                    + " do not have the checksum that was written with them");
                        }
                        sums.set(
                                row.getInt(0),
                                sums.get(row.getInt(0)).plus(new RangeSum(row.getLong(2), row.getDecimal(3))));
                        rowsByFile.merge(pathBelow(withoutEscapes(row.getString(1))), row.getLong(2), Long::sum);
                    });
        }
        return new Contents(sums, rowsByFile);
    }

    /** A file's path as in the manifest. */
    String pathBelow(String location) {
        return Landing.pathBelow(directory, location);
    }

    /** The row checksums of one range. */
    Iterator<Long> checksums(int range) {
        Iterator<Row> rows = rows().where(RANGE.equalTo(range)).select(CHECKSUM).toLocalIterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Long next() {
                return rows.next().getLong(0);
            }
        };
    }

    /**
     * Removes rows by rewriting the files that contain them.
     *
     * @param gone the rows to remove: {@code _range INT, _row_checksum BIGINT}
     */
    void remove(Dataset<Row> gone) {
        Dataset<Row> rows = files(directory).select(col("_metadata.file_path").as("file"), RANGE, CHECKSUM);
        List<String> touched = rows
                .join(gone, same(rows, gone), "left_semi")
                .select("file")
                .distinct()
                .as(Encoders.STRING())
                .collectAsList()
                .stream()
                .map(ExtractFiles::withoutEscapes)
                .toList();
        if (touched.isEmpty()) {
            return;
        }
        Dataset<Row> old = files(touched.toArray(String[]::new)).select(columns());
        add(old.join(gone, same(old, gone), "left_anti"));
        touched.forEach(FileStore.of(directory)::delete);
    }

    /** Spark's metadata has URIs, but files are read and deleted by plain paths. */
    private static String withoutEscapes(String uri) {
        URI parsed = URI.create(uri);
        String authority = parsed.getAuthority() == null ? "" : "//" + parsed.getAuthority();
        return parsed.getScheme() + ":" + authority + parsed.getPath();
    }

    private static Column same(Dataset<Row> rows, Dataset<Row> gone) {
        return rows.col(RowFormat.RANGE)
                .equalTo(gone.col(RowFormat.RANGE))
                .and(rows.col(RowFormat.CHECKSUM).equalTo(gone.col(RowFormat.CHECKSUM)));
    }
}
