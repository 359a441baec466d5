package dev.lakehouse.load;

import dev.lakehouse.table.TableName;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A commit in the history of a Delta table.
 *
 * @param version of the table after it
 * @param operation as Delta names it
 * @param metadata the user metadata; empty where there is none
 */
record Commit(long version, String operation, String metadata) {
    private static final Set<String> WITHOUT_ROWS = Set.of(
            "CREATE TABLE",
            "ADD CONSTRAINT",
            "DROP CONSTRAINT",
            "SET TBLPROPERTIES",
            "UNSET TBLPROPERTIES",
            "ADD COLUMNS");
    private static final Set<String> MAINTENANCE = Set.of("OPTIMIZE", "VACUUM START", "VACUUM END");

    /**
     * The newest commits, the last one first.
     *
     * @param most how many; each costs a request, and none of them a Spark job
     */
    static List<Commit> newest(SparkSession session, TableName table, int most) {
        return session.sql("DESCRIBE HISTORY " + table.sql() + " LIMIT " + most).collectAsList().stream()
                .map(Commit::of)
                .toList();
    }

    private static Commit of(Row row) {
        String metadata = row.getAs("userMetadata");
        return new Commit(row.<Long>getAs("version"), row.getAs("operation"), metadata == null ? "" : metadata);
    }

    /** Whether it wrote no rows. */
    boolean isWithoutRows() {
        return WITHOUT_ROWS.contains(operation);
    }

    /** Whether it added columns, whose values no load has brought. */
    boolean addsColumns() {
        return operation.equals("ADD COLUMNS");
    }

    /** Whether the table has the same rows after it as before. */
    boolean keepsRows() {
        return isWithoutRows() || MAINTENANCE.contains(operation);
    }
}
