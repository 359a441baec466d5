package dev.lakehouse.source.files;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.task.ScratchSpace;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Lists and reads text files at any location that Spark can read. They may be compressed ({@code .gz}, {@code .bz2}).
 * Byte-order marks and carriage returns at line ends are removed, and bytes that are not UTF-8 are reported, so
 * products do not have to handle them.
 */
public final class TextFiles {
    /** Location of a file: {@code STRING}. */
    public static final String FILE = "_file";

    /** Number of a line in its file, from 1: {@code BIGINT}. With {@link #FILE} it gives the order of the input. */
    public static final String LINE = "_line";

    /** A line as in the file, without its line end: {@code STRING}. */
    public static final String TEXT = "_text";

    /**
     * Why the line is not valid text: {@code STRING}, NULL if it is. The text of a line that is not UTF-8 is decoded as
     * ISO-8859-1; that of a line that is too long is empty.
     */
    public static final String FAULT = "_fault";

    static final String TOO_LONG = "longer than a line may be: ";
    static final String NOT_UTF_8 = "not UTF-8 text";
    static final String BLOCK = "_block";
    static final String ROW = "_row";
    static final String BYTES = "_bytes";
    static final String FILE_SIZE = "_file_size";

    private TextFiles() {}

    /**
     * The files at the given locations.
     *
     * @param locations of a file, of a folder (with all below it) or with wildcards; files whose names begin with
     *     {@code _} or {@code .} are left out, as everywhere in Spark
     * @return {@code _file STRING, _size BIGINT, _modified_at TIMESTAMP}, without empty files
     */
    public static Dataset<Row> at(SparkSession session, List<String> locations) {
        return WholeFiles.at(session, locations)
                .select(
                        col("path").as(FILE),
                        col("length").as("_size"),
                        col("modificationTime").as("_modified_at"))
                .distinct();
    }

    /**
     * Reads the lines of files. A file that cannot be read to its end is refused; the others are read.
     *
     * @param files locations as {@link #at} lists them
     * @param scratch an empty folder. The lines are stored there, so that each file is read only once, even if it
     *     changes meanwhile. It must exist as long as the lines are used
     * @param limit the longest line that is read; a longer one has a {@link #FAULT} and no text
     */
    public static Lines read(SparkSession session, List<String> files, ScratchSpace scratch, LineLimit limit) {
        return new TextReader(session, scratch, limit.bytes()).read(files);
    }
}
