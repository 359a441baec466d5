package dev.lakehouse.orders;

import dev.lakehouse.load.FileLoad;
import dev.lakehouse.load.FileRun;
import dev.lakehouse.load.KeyedTable;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * Loads batches of customers into {@code orders.customers} and {@code orders.customer_industries}. The row that was
 * delivered last is used for each customer. A batch with the same content as the previous batch changes nothing, even
 * if its name differs.
 */
public final class LoadCustomers extends FileLoad {
    @Option(names = "--input", required = true, description = "File, folder or glob of customers, CSV")
    private String input;

    @Option(names = "--scratch", required = true, description = "Location for temporary files")
    private String scratch;

    /** Runs the task. */
    public static void main(String[] arguments) {
        new LoadCustomers().execute(arguments);
    }

    @Override
    protected KeyedTable table() {
        return OrderTables.CUSTOMERS;
    }

    @Override
    protected List<String> inputs() {
        return List.of(input);
    }

    @Override
    protected String scratch() {
        return scratch;
    }

    @Override
    protected String outcomeOfOthers() {
        return "The other batches are loaded.";
    }

    @Override
    protected Product open(FileRun run) {
        return new CustomerLoad(run);
    }
}
