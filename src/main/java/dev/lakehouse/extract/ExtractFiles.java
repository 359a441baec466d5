package dev.lakehouse.extract;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.UserError;
import dev.lakehouse.extract.copy.FileSums;
import dev.lakehouse.source.mysql.RangeSum;
import dev.lakehouse.source.mysql.RowFormat;
import dev.lakehouse.spark.Compute;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.storage.StoredFile;
import dev.lakehouse.storage.TaskFiles;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;

/** The data files in an extract's directory, and their content. */
record ExtractFiles(SparkSession session, String directory, RowFormat format) {
    private static final String COMPUTED = "_computed";

    /** The data files, sorted by path. */
    List<StoredFile> list() {
        return FileStore.of(directory).filesBelow(directory).stream()
                .filter(file -> file.name().endsWith(".parquet"))
                .toList();
    }

    /** A file's path as in the manifest. */
    String pathBelow(String location) {
        return Landing.pathBelow(directory, location);
    }

    /**
     * Deletes all other data files: those of repeated Spark tasks, and of groups that were copied again.
     *
     * @param paths as in the manifest; a missing file is refused
     */
    void keepOnly(List<String> paths) {
        Set<String> missing = new TreeSet<>(paths);
        for (StoredFile file : list()) {
            if (!missing.remove(pathBelow(file.location()))) {
                FileStore.of(directory).delete(file.location());
            }
        }
        if (!missing.isEmpty()) {
            throw new UserError(
                    "Files that Spark's tasks wrote are not in " + directory + ".",
                    "The workers of this cluster do not share that location with the driver, or another program deletes"
                            + " files there.",
                    "Give a --landing that all workers reach, such as s3a://BUCKET/landing or a volume.");
        }
    }

    /**
     * The content of the files.
     *
     * @param ranges count and checksum per key range; the checksums are computed again from all columns
     * @param rowsByFile rows per file, by its path below the extract's directory
     */
    record Contents(List<RangeSum> ranges, Map<String, Long> rowsByFile) {}

    /**
     * Reads files back and computes their counts and checksums. A client of Spark Connect would have to upload the code that reads
     * them fast, so there Spark's own functions do it.
     *
     * @param paths as in the manifest
     * @param ranges how many ranges there are; one without rows counts zero
     */
    Contents contents(List<String> paths, int ranges) {
        List<RangeSum> sums = new ArrayList<>(Collections.nCopies(ranges, RangeSum.EMPTY));
        Map<String, Long> rowsByFile = new HashMap<>();
        if (Compute.isConnect(session)) {
            bySparkAlone(paths, sums, rowsByFile);
        } else {
            new FileSums(format.schema(), format.hash(), TaskFiles.of(directory), directory)
                    .inTasks(session, paths)
                    .forEach(file -> {
                        require(file.path(), file.different());
                        rowsByFile.put(file.path(), file.rows());
                        file.ranges()
                                .forEach((range, sum) ->
                                        sums.set(range, sums.get(range).plus(sum)));
                    });
        }
        return new Contents(sums, rowsByFile);
    }

    private void require(String path, long different) {
        if (different != 0) {
            throw new IllegalStateException(different + " rows of " + directory + "/" + path
                    + " do not have the checksum that was written with them");
        }
    }

    private void bySparkAlone(List<String> paths, List<RangeSum> sums, Map<String, Long> rowsByFile) {
        if (!paths.isEmpty()) {
            Column computed = col(COMPUTED);
            session.read()
                    .schema(format.fileSchema())
                    .parquet(paths.stream().map(path -> directory + "/" + path).toArray(String[]::new))
                    .select(
                            col(RowFormat.RANGE),
                            col("_metadata.file_path"),
                            col(RowFormat.CHECKSUM),
                            format.checksum(session).as(COMPUTED))
                    .groupBy(RowFormat.RANGE, "file_path")
                    .agg(
                            count(lit(1)),
                            RangeSum.exactSum(computed),
                            count(when(computed.notEqual(col(RowFormat.CHECKSUM)), 1)))
                    .collectAsList()
                    .forEach(row -> {
                        String path = pathBelow(withoutEscapes(row.getString(1)));
                        require(path, row.getLong(4));
                        sums.set(
                                row.getInt(0),
                                sums.get(row.getInt(0)).plus(new RangeSum(row.getLong(2), row.getDecimal(3))));
                        rowsByFile.merge(path, row.getLong(2), Long::sum);
                    });
        }
    }

    /** Spark's metadata has URIs, but files are listed and deleted by plain paths. */
    private static String withoutEscapes(String uri) {
        URI parsed = URI.create(uri);
        String authority = parsed.getAuthority() == null ? "" : "//" + parsed.getAuthority();
        return parsed.getScheme() + ":" + authority + parsed.getPath();
    }
}
