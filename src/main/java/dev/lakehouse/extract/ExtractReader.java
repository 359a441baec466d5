package dev.lakehouse.extract;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.source.mysql.RowFormat;
import dev.lakehouse.spark.SqlText;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.storage.StoredFile;
import dev.lakehouse.task.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Reads a finished extract after checking its files against its manifest. */
public final class ExtractReader {
    private final SparkSession session;
    private final String directory;
    private final Manifest manifest;

    public ExtractReader(SparkSession session, Landing landing, Manifest manifest) {
        this.session = session;
        this.directory = landing.directory(manifest.extract());
        this.manifest = manifest;
    }

    /** Compares size and SHA-256 of every file with the manifest. If one differs, the extract is refused. */
    public void verify() {
        Step hashing = Step.part("hashing files", manifest.rows());
        verify(hashing::add);
    }

    /** Whether all files are there with the content of the manifest, and no others. */
    boolean isIntact() {
        try {
            verify(rows -> {});
            return new ExtractFiles(session, directory, manifest.rowFormat())
                            .list()
                            .size()
                    == manifest.files().size();
        } catch (ExtractRejectedException e) {
            return false;
        }
    }

    private void verify(LongConsumer hashed) {
        FileStore files = FileStore.of(directory);
        Map<String, Long> sizes = files.filesBelow(directory).stream()
                .collect(Collectors.toMap(file -> Landing.pathBelow(directory, file.location()), StoredFile::size));
        for (Manifest.DataFile file : manifest.files()) {
            Long size = sizes.get(file.path());
            if (size == null) {
                throw refused(file, "The file is missing.");
            }
            if (size != file.size()) {
                throw refused(file, "It has " + size + " bytes, but " + file.size() + " in the manifest.");
            }
        }
        manifest.files().parallelStream().forEach(file -> {
            if (!files.sha256(location(file)).equals(file.sha256())) {
                throw refused(file, "Its content was changed: its SHA-256 differs.");
            }
            hashed.accept(file.rows());
        });
    }

    private ExtractRejectedException refused(Manifest.DataFile file, String cause) {
        return new ExtractRejectedException(
                "The file " + location(file) + " is not the file that was extracted.",
                cause,
                "Run the extract again: the next load uses the newer extract.");
    }

    private String location(Manifest.DataFile file) {
        return directory + "/" + file.path();
    }

    /** The rows with the schema {@link RowFormat#fileSchema()}, without the range. */
    public Dataset<Row> rows() {
        StructType schema = manifest.rowFormat().fileSchema();
        List<String> paths = manifest.files().stream().map(this::location).toList();
        Dataset<Row> files = paths.isEmpty()
                ? session.createDataFrame(List.<Row>of(), schema)
                : session.read().schema(schema).parquet(paths.toArray(String[]::new));
        return files.select(Arrays.stream(schema.fieldNames())
                .filter(name -> !name.equals(RowFormat.RANGE))
                .map(name -> col(SqlText.identifier(name)))
                .toArray(Column[]::new));
    }
}
