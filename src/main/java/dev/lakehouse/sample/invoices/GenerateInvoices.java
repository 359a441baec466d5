package dev.lakehouse.sample.invoices;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;

import dev.lakehouse.invoices.Documents;
import dev.lakehouse.invoices.InvoiceLoad;
import dev.lakehouse.invoices.InvoiceTables;
import dev.lakehouse.invoices.Mapping;
import dev.lakehouse.load.FileLoad;
import dev.lakehouse.load.FileRun;
import dev.lakehouse.load.KeyedTable;
import dev.lakehouse.storage.Location;
import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Tables;
import dev.lakehouse.task.TaskContext;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import picocli.CommandLine.Option;

/**
 * Fills the tables of invoices with generated ones by the same checks and the same merge as documents. It needs
 * Datafaker, so it runs only on a laptop.
 */
public final class GenerateInvoices extends FileLoad {
    private static final TableName MEMBERS = new TableName("members", "members");

    @Option(names = "--landing", required = true, description = "Location for temporary files")
    private String landing;

    @Option(names = "--rows", required = true, description = "How many invoices")
    private long rows;

    @Option(names = "--seed", required = true, description = "Seed; another one gives other invoices")
    private long seed;

    /** Runs the task. */
    public static void main(String[] arguments) {
        new GenerateInvoices().execute(arguments);
    }

    @Override
    protected KeyedTable table() {
        return InvoiceTables.INVOICE;
    }

    @Override
    protected List<String> inputs() {
        return List.of("the generator, seed " + seed);
    }

    @Override
    protected String scratch() {
        return Location.below(landing, "invoices/_scratch");
    }

    @Override
    protected Dataset<Row> list(TaskContext context) {
        return InvoiceGenerator.of(seed, rows).invoices(context.session());
    }

    @Override
    protected Product open(FileRun run) {
        return new InvoiceLoad(
                run,
                Documents::validated,
                members(run.context().session(), run.context().tables()));
    }

    /** Assigns the numbers of generated customers to members in the order of their ids. */
    private static Dataset<Row> members(SparkSession session, Tables tables) {
        if (!tables.find(MEMBERS)) {
            return Mapping.none(session);
        }
        return session.table(MEMBERS.sql())
                .select("member_id")
                .orderBy("member_id")
                .limit(InvoiceGenerator.CUSTOMERS)
                .withColumn("place", row_number().over(Window.orderBy("member_id")))
                .select(
                        col("place")
                                .plus(InvoiceGenerator.FIRST_MEMBER_NUMBER - 1)
                                .cast("string")
                                .as("member_number"),
                        col("member_id"));
    }
}
