package dev.lakehouse.extract;

import dev.lakehouse.UserError;
import dev.lakehouse.source.mysql.MySqlErrors;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.source.mysql.RowFaults;
import dev.lakehouse.source.mysql.RowFormat;
import dev.lakehouse.source.mysql.SourceAltered;
import dev.lakehouse.source.mysql.SourceTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.SparkThrowable;

/** What failures of copying a MySQL table by Spark mean to the person who runs a task. */
record SourceErrors(MySqlServer server, SourceTable table, RowFormat format, FileLayout layout) {
    /** The failure as a {@link UserError} where source or layout caused it, else as it is. */
    RuntimeException explain(RuntimeException failure) {
        if (failure instanceof UserError) {
            return failure;
        }
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException e) {
                if (SourceAltered.isCauseOf(e)) {
                    return new SourceAltered(table.name(), e);
                }
                UserError error = MySqlErrors.explain(server, e);
                return MySqlErrors.isPacketLimit(e) ? found(RowFaults::tooLarge).orElse(error) : error;
            }
            // Spark's condition is of the state "data exception".
            if (t instanceof SparkThrowable spark
                    && String.valueOf(spark.getSqlState()).startsWith("22")) {
                return found(RowFaults::notOnTheCalendar).orElseGet(() -> notComputed(spark, failure));
            }
        }
        return failure;
    }

    private Optional<UserError> found(Function<RowFaults, Optional<UserError>> fault) {
        try (Connection connection = server.connect()) {
            return fault.apply(new RowFaults(server, connection, table, format));
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
    }

    private UserError notComputed(SparkThrowable spark, RuntimeException failure) {
        return layout.partition()
                .map(partition -> new UserError(
                        "The partition column " + partition.name() + " cannot be computed for a row of table '"
                                + table.name() + "'.",
                        "The expression " + partition.expression() + " fails on one of its values: "
                                + spark.getCondition() + ".",
                        "Use an expression that has a result for every value, such as try_cast or try_divide.",
                        failure))
                .orElseGet(() -> new UserError(
                        "Table '" + table.name() + "' holds a value that does not fit its type.",
                        "Spark refuses it: " + spark.getCondition() + ".",
                        "Correct the value in the source.",
                        failure));
    }
}
