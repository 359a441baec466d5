package dev.lakehouse.source.files;

import dev.lakehouse.storage.Location;
import java.util.List;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Files at any location that Spark reads, each as one row. */
public final class WholeFiles {
    private WholeFiles() {}

    /**
     * The files at the given locations.
     *
     * @param locations of a file, of a folder (with all below it) or with wildcards; files whose names begin with
     *     {@code _} or {@code .} are left out, as everywhere in Spark
     * @return {@code path STRING, modificationTime TIMESTAMP, length BIGINT, content BINARY}, without empty files
     * @throws NoFiles if a location does not exist
     */
    public static Dataset<Row> at(SparkSession session, List<String> locations) {
        try {
            return session.read()
                    .format("binaryFile")
                    .option("recursiveFileLookup", "true")
                    .load(locations.stream().map(Location::pattern).toArray(String[]::new));
        } catch (Exception e) { // Spark throws undeclared checked exceptions
            if (e instanceof SparkThrowable missing && "PATH_NOT_FOUND".equals(missing.getCondition())) {
                throw new NoFiles(missing.getMessageParameters().getOrDefault("path", "" + locations), e);
            }
            throw e;
        }
    }
}
