package dev.lakehouse.ingest;

import dev.lakehouse.UserError;
import dev.lakehouse.source.mysql.MySqlErrors;
import dev.lakehouse.source.mysql.MySqlServer;
import java.sql.SQLException;
import org.apache.spark.SparkThrowable;

/** What failures of reading a MySQL table by Spark mean to the person who runs a task. */
final class SourceErrors {
    private SourceErrors() {}

    /** The failure as a {@link UserError} where the source caused it, else as it is. */
    static RuntimeException explain(MySqlServer server, String table, RuntimeException failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException e) {
                return MySqlErrors.explain(server, e);
            }
            if (t instanceof SparkThrowable spark && "CAST_INVALID_INPUT".equals(spark.getCondition())) {
                return new UserError(
                        "Table '" + table + "' holds a date or time that is none.",
                        "A value such as 0000-00-00 is not on the calendar; Parquet and Delta cannot hold it.",
                        "Set such values to NULL or to a real date in the source.",
                        failure);
            }
        }
        return failure;
    }
}
