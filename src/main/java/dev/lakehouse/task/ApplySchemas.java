package dev.lakehouse.task;

import dev.lakehouse.UserError;
import dev.lakehouse.ledger.Ledger;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.table.TableName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/**
 * Applies the files in {@code schemas/} to tables: creates missing tables, adds missing constraints, and, only in Unity
 * Catalog, applies keys, tags, masks and grants if their file has changed. Existing tables are not altered otherwise;
 * their columns follow the source by the load's schema policy. Metric views, which only Unity Catalog has, are
 * replaced. The ledger is always created first.
 *
 * <p>In Unity Catalog the bundle creates the schemas and grants rights on them. The task's principal needs
 * {@code USE CATALOG}, and on each schema {@code USE SCHEMA}, {@code CREATE TABLE}, {@code CREATE FUNCTION} for masks,
 * {@code MODIFY} and {@code SELECT} for the ledger, and {@code MANAGE} and {@code APPLY TAG} for tables that another
 * principal created. A missing right is reported with the statement that grants it.
 */
public final class ApplySchemas extends Task {
    @Option(
            names = "--tables",
            required = true,
            split = ",",
            paramLabel = "SCHEMA.TABLE",
            description = "The tables, each with a file schemas/SCHEMA/TABLE.sql")
    private List<String> tables;

    @Option(
            names = "--metric-views",
            split = ",",
            paramLabel = "SCHEMA.VIEW",
            description = "Metric views of these tables, each with a file schemas/SCHEMA/views/VIEW.unity.sql")
    private List<String> metricViews = List.of();

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Value of $${NAME} in a file *.unity.sql; may be repeated")
    private Map<String, String> values = Map.of();

    /** Runs the task. */
    public static void main(String[] arguments) {
        new ApplySchemas().execute(arguments);
    }

    @Override
    protected Result run(TaskContext context) {
        // The ledger's file defines the mask that the files of other tables use.
        Set<TableName> names = new LinkedHashSet<>(List.of(Ledger.TABLE));
        tables.stream().map(TableName::parse).forEach(names::add);
        context.tables().checkSchemas(names);
        for (TableName table : names) {
            boolean existed = context.tables().find(table);
            if (!context.tables().open(table)) {
                throw new UserError(
                        "There is no DDL for " + table + ".",
                        "The build has no file schemas/" + table.schema() + "/" + table.table() + ".sql.",
                        "Add the file and build again, or correct --tables.");
            }
            boolean governed = context.tables().govern(table, values);
            context.report()
                    .line(
                            existed ? "exists" : "created",
                            table + (governed ? ", its keys, tags, masks and grants applied" : ""));
        }
        metricViews.stream()
                .map(TableName::parse)
                .filter(view -> context.tables().createMetricView(view, values))
                .forEach(view -> context.report().line("metric view", view + ", and its grants applied"));
        return Result.none();
    }
}
