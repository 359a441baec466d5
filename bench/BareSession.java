import org.apache.spark.sql.SparkSession;

/** Spark's session with Delta as its manual shows it, which writes a table of a thousand rows to a folder and reads it. */
final class BareSession {
    private BareSession() {}

    public static void main(String[] arguments) throws Exception {
        try (SparkSession session = SparkSession.builder()
                .master("local[*]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .getOrCreate()) {
            session.range(1000).write().format("delta").save(arguments[0]);
            if (session.read().format("delta").load(arguments[0]).count() != 1000) {
                throw new IllegalStateException("The table does not have the rows that were written");
            }
        }
    }
}
