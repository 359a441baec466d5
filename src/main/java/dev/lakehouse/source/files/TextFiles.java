package dev.lakehouse.source.files;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

import dev.lakehouse.UserError;
import dev.lakehouse.storage.FileStore;
import java.util.List;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Text files at any location that Spark reads: which there are, and their lines. They may be compressed ({@code .gz},
 * {@code .bz2}) and come from anywhere: a byte-order mark, carriage returns at line ends and bytes that are no UTF-8 are
 * told or taken away here, so that products need not know of them.
 */
public final class TextFiles {
    /** Location of a file: {@code STRING}. */
    public static final String FILE = "_file";

    /** Number of a line in its file, from 1: {@code BIGINT}. With {@link #FILE} it gives the order of the input. */
    public static final String LINE = "_line";

    /** A line as it stands in the file, without its line end: {@code STRING}. */
    public static final String TEXT = "_text";

    /**
     * Why the line is not text: {@code STRING}, NULL where it is. The text of a line that is not UTF-8 is shown as if it were
     * ISO-8859-1.
     */
    public static final String FAULT = "_fault";

    static final String NOT_UTF_8 = "not UTF-8 text";
    static final String BLOCK = "_block";
    static final String ROW = "_row";

    private TextFiles() {}

    /**
     * The files that locations stand for.
     *
     * @param locations of a file, of a folder (with all below it) or with wildcards; files whose names begin with
     *     {@code _} or {@code .} are left out, as everywhere in Spark
     * @return {@code _file STRING, _size BIGINT, _modified_at TIMESTAMP}, without files that have no byte
     */
    public static Dataset<Row> at(SparkSession session, List<String> locations) {
        try {
            return session.read()
                    .format("binaryFile")
                    .option("recursiveFileLookup", "true")
                    .load(locations.stream().map(TextFiles::pattern).toArray(String[]::new))
                    .select(
                            col("path").as(FILE),
                            col("length").as("_size"),
                            col("modificationTime").as("_modified_at"))
                    .distinct();
        } catch (Exception e) { // Spark throws it undeclared
            if (e instanceof SparkThrowable missing && "PATH_NOT_FOUND".equals(missing.getCondition())) {
                throw new UserError(
                        "There is no input at " + missing.getMessageParameters().getOrDefault("path", "" + locations)
                                + ".",
                        "No file or folder has that name, or none fits the wildcards.",
                        "Check the location, and whether the files were delivered.",
                        e);
            }
            throw e;
        }
    }

    /**
     * Reads the lines of files.
     *
     * @param files locations as {@link #at} gives them
     * @param scratch an empty location: what was read is kept there, so that a file is read once whatever becomes of it
     *     meanwhile. It must outlive the lines
     */
    public static Lines read(SparkSession session, List<String> files, String scratch) {
        Dataset<Row> read = session.read()
                .option("lineSep", "\n")
                .text(files.stream().map(TextFiles::escaped).toArray(String[]::new))
                .select(
                        // A URI there, a plain path in listings.
                        expr("url_decode(replace(_metadata.file_path, '+', '%2B'))")
                                .as(FILE),
                        expr("_metadata.file_block_start").as(BLOCK),
                        // Rises within a block, as a block is read by one task from its begin to its end.
                        monotonically_increasing_id().as(ROW),
                        expr("if(is_valid_utf8(value), NULL, '" + NOT_UTF_8 + "')")
                                .as(FAULT),
                        expr("regexp_replace(if(is_valid_utf8(value), value, decode(CAST(value AS BINARY), 'ISO-8859-1')),"
                                        + " '^\\\\x{FEFF}|\\\\r$', '')")
                                .as(TEXT));
        try {
            read.write().mode("overwrite").parquet(scratch);
        } catch (Exception e) { // Spark throws it undeclared
            throw explain(e);
        }
        return Lines.of(session.read().schema(read.schema()).parquet(scratch), RefusedFiles.NONE);
    }

    /** A location that is there as it is written needs no wildcards. */
    private static String pattern(String location) {
        return location.matches(".*[\\[\\]{}*?\\\\].*")
                        && FileStore.of(location).exists(location)
                ? escaped(location)
                : location;
    }

    private static String escaped(String location) {
        return location.replaceAll("([\\[\\]{}*?\\\\])", "\\\\$1");
    }

    private static RuntimeException explain(Exception failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SparkThrowable spark
                    && String.valueOf(spark.getCondition()).startsWith("FAILED_READ_FILE")) {
                return new UserError(
                        spark.getMessageParameters().getOrDefault("path", "A file") + " cannot be read to its end.",
                        "It is damaged, was cut off while it was delivered, or was taken away meanwhile.",
                        "Have it delivered again, then run the task again; nothing of this run is kept.",
                        failure);
            }
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }
}
