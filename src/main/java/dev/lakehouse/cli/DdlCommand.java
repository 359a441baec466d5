package dev.lakehouse.cli;

import dev.lakehouse.table.DdlComparison;
import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Compares the tables with their DDL files. */
@Command(
        name = "ddl",
        mixinStandardHelpOptions = true,
        description = "Compare every existing table with its file schemas/SCHEMA/TABLE.sql.")
final class DdlCommand implements Callable<Integer> {
    @ParentCommand
    private Lakehouse lakehouse;

    @Override
    public Integer call() {
        return lakehouse.inEnvironment(Terminal::sayAside, environment -> {
            List<DdlComparison> comparisons = new ArrayList<>();
            SparkSession session = environment.spark();
            Tables tables = environment.tables();
            for (TableName table : tables.all()) {
                DdlComparison.of(session, tables, table).ifPresent(comparison -> {
                    Terminal.say(table + "  " + comparison.summary());
                    comparisons.add(comparison);
                });
            }
            if (comparisons.isEmpty()) {
                Terminal.sayAside("No table exists yet that has a DDL file.");
            }
            DdlComparison.requireEqual(comparisons);
            return 0;
        });
    }
}
