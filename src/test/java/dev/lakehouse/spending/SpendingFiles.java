package dev.lakehouse.spending;

import dev.lakehouse.load.Expectation;
import dev.lakehouse.load.FileInput;
import dev.lakehouse.load.FileRun;
import dev.lakehouse.source.files.CsvInput;
import dev.lakehouse.source.files.LineLimit;
import dev.lakehouse.source.files.TextFiles;
import dev.lakehouse.task.ScratchSpace;
import dev.lakehouse.task.TaskContexts;
import dev.lakehouse.testing.TestLakehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The two inputs and the output in a folder, and what a run leads to. */
record SpendingFiles(TestLakehouse lakehouse, Path folder) {

    SpendingFiles customers(String... rows) {
        return write("customers.csv", "customer_id,first_name,last_name,email,age\n" + String.join("\n", rows) + "\n");
    }

    SpendingFiles purchases(String... rows) {
        return write("purchases.csv", "customer_id,product,price\n" + String.join("\n", rows) + "\n");
    }

    SpendingFiles write(String name, String content) {
        return write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    SpendingFiles write(String name, byte[] content) {
        try {
            Files.write(folder.resolve(name), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Customers as the task reads them; no table is touched. */
    FileInput readCustomers() {
        return read(Inputs.CUSTOMERS, Inputs.CUSTOMER_EXPECTATIONS);
    }

    /** Purchases as the task reads them; no table is touched. */
    FileInput readPurchases() {
        return read(Inputs.PURCHASES, Inputs.PURCHASE_EXPECTATIONS);
    }

    private FileInput read(CsvInput kind, List<Expectation> expectations) {
        FileRun run = new FileRun(
                TaskContexts.of(lakehouse),
                ScratchSpace.below(folder.resolve("_scratch").toString()),
                LineLimit.of("64MB"));
        String file = folder.resolve(kind.name() + ".csv").toString();
        return run.csv(kind, TextFiles.at(TestLakehouse.session(), List.of(file)), expectations);
    }

    /** Runs the task; returns what was printed. */
    String run() {
        return run(folder.resolve("out").toString());
    }

    String run(String output, String... more) {
        List<String> options = new ArrayList<>(List.of(
                "--customers=" + folder.resolve("customers.csv"),
                "--purchases=" + folder.resolve("purchases.csv"),
                "--output=" + output,
                "--scratch=" + lakehouse.landing() + "/spending/_scratch"));
        options.addAll(List.of(more));
        return lakehouse.task(SpendingByAgeGroup::main, options);
    }

    String output(String name) {
        try {
            return Files.readString(folder.resolve("out").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> combined() {
        return lakehouse.query("SELECT customer_id, full_name, age, age_group, product, price FROM"
                + " spending.combined_data ORDER BY customer_id, _file, _line");
    }

    List<String> quarantine() {
        return lakehouse.query("SELECT regexp_extract(_file, '[^/]*$', 0), _line, array_join(_reasons, ', '), _text"
                + " FROM spending.spending_quarantine ORDER BY _file, _line");
    }

    List<String> totals() {
        return lakehouse.query("SELECT age_group, total_spending FROM spending.age_group_spending ORDER BY age_group");
    }

    List<Long> commits() {
        return List.of("combined_data", "age_group_spending", "spending_quarantine").stream()
                .map(table -> "spending." + table)
                .flatMap(table -> List.of(lakehouse.version(table), lakehouse.dataFiles(table)).stream())
                .toList();
    }
}
