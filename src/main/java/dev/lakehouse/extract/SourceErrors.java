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
import java.time.DateTimeException;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.SparkThrowable;

/** Explains failures of Spark while it copies a MySQL table. */
record SourceErrors(MySqlServer server, SourceTable table, RowFormat format, FileLayout layout) {
    /** The failure as a {@link UserError} if source or layout caused it; otherwise the failure itself. */
    RuntimeException explain(Exception failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof UserError explained) {
                return explained;
            }
            if (t instanceof SQLException e) {
                if (SourceAltered.isCauseOf(e)) {
                    return new SourceAltered(table.name(), e);
                }
                UserError error = MySqlErrors.explain(server, e);
                return MySqlErrors.isPacketLimit(e) ? found(RowFaults::tooLarge).orElse(error) : error;
            }
            // SQLSTATE class 22 is "data exception".
            if (t instanceof SparkThrowable spark
                    && String.valueOf(spark.getSqlState()).startsWith("22")) {
                return found(RowFaults::notOnTheCalendar)
                        .map(RuntimeException.class::cast)
                        .orElseGet(() -> notComputed(spark, failure));
            }
            if (t instanceof DateTimeException) {
                return found(RowFaults::notOnTheCalendar)
                        .map(RuntimeException.class::cast)
                        .orElseGet(() -> unexplained(failure));
            }
        }
        return unexplained(failure);
    }

    private Optional<UserError> found(Function<RowFaults, Optional<UserError>> fault) {
        try (Connection connection = server.connect()) {
            return fault.apply(new RowFaults(server, connection, table, format));
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
    }

    private RuntimeException notComputed(SparkThrowable spark, Exception failure) {
        return layout.partition()
                .<RuntimeException>map(partition -> new UserError(
                        "The partition column " + partition.name() + " cannot be computed for a row of table '"
                                + table.name() + "'.",
                        "The expression " + partition.expression() + " fails on one of its values: "
                                + spark.getCondition() + ".",
                        "Use an expression that is defined for every value, for example with try_cast or try_divide.",
                        failure))
                .orElseGet(() -> unexplained(failure));
    }

    private RuntimeException unexplained(Exception failure) {
        return failure instanceof RuntimeException unchecked
                ? unchecked
                : new IllegalStateException("The rows of " + table.name() + " could not be copied", failure);
    }
}
