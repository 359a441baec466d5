package dev.lakehouse.ingest;

import dev.lakehouse.UserError;
import dev.lakehouse.table.TableName;
import org.apache.spark.SparkThrowable;

/** What failures of writing to a Delta table mean to the person who runs a load. */
final class TargetErrors {
    private TargetErrors() {}

    /** The failure explained where its cause is known, else as it is. Values of rows are not repeated. */
    static RuntimeException explain(TableName target, RuntimeException failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            String condition = t instanceof SparkThrowable spark ? String.valueOf(spark.getCondition()) : "";
            if (condition.contains("CONSTRAINT")) {
                return new ExtractRefused(new UserError(
                        "The extract holds rows that " + target + " does not allow.",
                        "A CHECK or NOT NULL constraint of the table refuses them (the log names it), and no"
                                + " expectation keeps them out.",
                        "Mend the rows at the source, relax the constraint, or add an expectation.",
                        failure));
            }
            if (condition.startsWith("DELTA_CONCURRENT")) {
                return changedMeanwhile(target, failure);
            }
        }
        return failure;
    }

    static UserError changedMeanwhile(TableName target, RuntimeException failure) {
        return new UserError(
                "Somebody else changed " + target + " during the load.",
                "Another load or a maintenance task made a commit that this one conflicts with.",
                "Run the load again: it starts from the table as it is then.",
                failure);
    }
}
