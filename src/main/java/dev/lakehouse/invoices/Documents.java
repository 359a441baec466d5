package dev.lakehouse.invoices;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.load.Quality;
import dev.lakehouse.source.files.NoFiles;
import dev.lakehouse.source.files.WholeFiles;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Lists and reads the documents of a landing. */
public final class Documents {
    /** Larger files are not read. A document must fit into memory, and all real invoices are much smaller. */
    static final long MOST_BYTES = 50L << 20;

    private static final String CONTENT = "content";
    private static final Column NO_CONTENT = lit(null).cast("binary");
    private static final Column NO_DOCUMENT = lit(null).cast("string");
    private static final Column EMPTY = lit(new byte[0]);
    private static final String MODIFIED_MICROS = "modified_micros";
    private static final StructType LISTED = new StructType()
            .add("_file", DataTypes.StringType)
            .add("_size", DataTypes.LongType)
            .add("_document", DataTypes.StringType)
            .add("_modified_at", DataTypes.TimestampType)
            .add(CONTENT, DataTypes.BinaryType);
    private static final StructType READ = new StructType(Stream.concat(
                    Arrays.stream(new StructType()
                            .add("_file", DataTypes.StringType)
                            .add("_size", DataTypes.LongType)
                            .add("_document", DataTypes.StringType)
                            .add(MODIFIED_MICROS, DataTypes.LongType)
                            .fields()),
                    Arrays.stream(DocumentRow.READ.fields()))
            .toArray(StructField[]::new));

    private Documents() {}

    /**
     * The files below a folder at any depth, or the files that match a glob, without hidden ones ({@code .x},
     * {@code _x}). Empty if there are none.
     *
     * @return {@code _file, _size, _document, _modified_at, content}; document and content are NULL for a file that is
     *     too large, the time is NULL for an empty file
     */
    static Dataset<Row> in(SparkSession session, String location) {
        try {
            Dataset<Row> files = WholeFiles.at(session, List.of(location));
            Dataset<Row> small = files.where(col("length").leq(MOST_BYTES));
            Dataset<Row> large = files.where(col("length").gt(MOST_BYTES));
            return named(small, sha2(col(CONTENT), 256), col(CONTENT))
                    .unionByName(named(large, NO_DOCUMENT, NO_CONTENT))
                    .unionByName(empty(session, files));
        } catch (NoFiles e) {
            return session.createDataFrame(List.of(), LISTED);
        }
    }

    /** Empty files, which Spark lists but does not scan. */
    private static Dataset<Row> empty(SparkSession session, Dataset<Row> files) {
        String[] listed = files.inputFiles();
        List<String> paths = listed.length == files.count()
                ? List.of()
                : Arrays.stream(listed).map(Documents::path).toList();
        Dataset<Row> unseen = session.createDataset(paths, Encoders.STRING())
                .toDF("path")
                .join(files.select("path"), new String[] {"path"}, "left_anti")
                .withColumn("length", lit(0L))
                .withColumn("modificationTime", lit(null).cast("timestamp"));
        return named(unseen, sha2(EMPTY, 256), EMPTY);
    }

    /** A listed location in the form of scans. */
    private static String path(String location) {
        URI uri = URI.create(location);
        String authority = uri.getAuthority() == null ? "" : "//" + uri.getAuthority();
        return uri.getScheme() + ":" + authority + uri.getPath();
    }

    private static Dataset<Row> named(Dataset<Row> files, Column document, Column content) {
        return files.select(
                col("path").as("_file"),
                col("length").as("_size"),
                document.as("_document"),
                col("modificationTime").as("_modified_at"),
                content.as(CONTENT));
    }

    /**
     * Reads documents.
     *
     * @param files as from {@link #in}
     * @return {@code _file, _size, _document, _modified_at}, and the content of the document: the columns of
     *     {@link DocumentRow#READ} with {@code invoice_date DATE}, and {@code payment_due_days INT}
     */
    static Dataset<Row> read(Dataset<Row> files) {
        return files.select(
                        col("_file"),
                        col("_size"),
                        col("_document"),
                        unix_micros(col("_modified_at")).as(MODIFIED_MICROS),
                        col(CONTENT))
                .map((MapFunction<Row, Row>) Documents::read, Encoders.row(READ))
                .withColumn("_modified_at", expr("timestamp_micros(" + MODIFIED_MICROS + ")"))
                .drop(MODIFIED_MICROS)
                .withColumn("invoice_date", col("invoice_date").cast("date"))
                .withColumn(
                        "payment_due_days",
                        expr("try_cast(regexp_extract(terms, '(?i)within (\\\\d{1,4}) days', 1) AS INT)"));
    }

    /** Adds {@link Quality#REASONS} to read documents. */
    public static Dataset<Row> validated(Dataset<Row> read) {
        return Quality.validate(read, InvoiceExpectations.all())
                .withColumn(
                        Quality.REASONS,
                        when(col(DocumentRow.PROBLEM).isNull(), col(Quality.REASONS))
                                .otherwise(array(col(DocumentRow.PROBLEM))));
    }

    private static Row read(Row file) {
        Row document = DocumentRow.of(file.isNullAt(4) ? Optional.empty() : Optional.of(file.getAs(4)));
        Object[] values = new Object[READ.size()];
        for (int i = 0; i < 4; i++) {
            values[i] = file.get(i);
        }
        for (int i = 0; i < document.size(); i++) {
            values[4 + i] = document.get(i);
        }
        return RowFactory.create(values);
    }
}
