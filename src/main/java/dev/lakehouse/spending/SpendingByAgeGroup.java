package dev.lakehouse.spending;

import static org.apache.spark.sql.functions.lit;

import dev.lakehouse.Percentage;
import dev.lakehouse.UserError;
import dev.lakehouse.load.FileLoad;
import dev.lakehouse.load.FileRun;
import dev.lakehouse.load.KeyedTable;
import dev.lakehouse.source.files.CsvInput;
import dev.lakehouse.source.files.TextFiles;
import dev.lakehouse.storage.Location;
import dev.lakehouse.task.TaskContext;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Option;

/**
 * Joins customers with their purchases and sums the spending of each age group. Writes tables in the schema
 * {@code spending}, and {@code combined_data.csv}, {@code age_group_spending.csv} and
 * {@code total_spending_by_age_group.png} at a location. Every run reads all input.
 */
public final class SpendingByAgeGroup extends FileLoad {
    @Option(names = "--customers", required = true, description = "File, folder or glob of customers, CSV")
    private String customers;

    @Option(names = "--purchases", required = true, description = "File, folder or glob of purchases, CSV")
    private String purchases;

    @Option(names = "--output", required = true, description = "Location for the three files")
    private String output;

    @Option(names = "--scratch", required = true, description = "Location for temporary files")
    private String scratch;

    @Option(
            names = "--max-unreadable",
            defaultValue = "20%",
            paramLabel = "SHARE",
            description = "Largest share of the values in a column of numbers that may be unreadable (default:"
                    + " ${DEFAULT-VALUE})")
    private String maxUnreadable;

    /** Runs the task. */
    public static void main(String[] arguments) {
        new SpendingByAgeGroup().execute(arguments);
    }

    @Override
    protected KeyedTable table() {
        return SpendingTables.COMBINED;
    }

    @Override
    protected List<String> inputs() {
        return List.of(customers, purchases);
    }

    @Override
    protected String scratch() {
        return scratch;
    }

    @Override
    protected Dataset<Row> list(TaskContext context) {
        return list(context, Inputs.CUSTOMERS, customers).union(list(context, Inputs.PURCHASES, purchases));
    }

    private static Dataset<Row> list(TaskContext context, CsvInput input, String location) {
        Dataset<Row> files = FileRun.collected(TextFiles.at(context.session(), List.of(location)));
        if (files.isEmpty()) {
            throw new UserError(
                    "There are no " + input.name() + " in " + location + ".",
                    "It has no file, or only empty files.",
                    "Check the location, and whether the files were delivered.");
        }
        return files.withColumn(SpendingLoad.INPUT, lit(input.name()));
    }

    @Override
    protected Product open(FileRun run) {
        return new SpendingLoad(run, Location.folder(output), Percentage.parse(maxUnreadable));
    }
}
