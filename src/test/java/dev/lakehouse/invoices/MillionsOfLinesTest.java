package dev.lakehouse.invoices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.table.SqlScript;
import dev.lakehouse.testing.MuchWork;
import dev.lakehouse.testing.TestLakehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

/** Two million lines: loaded, and laid out so that a question about a month reads a fraction of the files. */
@Tag("heavy")
final class MillionsOfLinesTest {
    private static final long INVOICES = 660_000;

    private final MuchWork settings = new MuchWork();

    @AfterEach
    void settingsAsBefore() {
        settings.close();
    }

    @Test
    void twoMillionLinesLoadAndAQuestionAboutAMonthReadsAFifthOfTheFilesAtMost() throws Exception {
        TestLakehouse lakehouse = TestLakehouse.fresh();

        String printed = lakehouse.generateInvoices(INVOICES, 123);

        System.out.print(printed);
        assertThat(printed).contains("changed     660,000 inserted, 0 updated; of lines ");
        assertThat(count("invoices.fact_invoice_line")).isGreaterThan(2_000_000);
        assertThat(lakehouse.query("SELECT sum(line_count), count_if(line_count = 0) FROM invoices.fact_invoice"))
                .containsExactly(count("invoices.fact_invoice_line") + "|0");

        Path query = Path.of(System.getProperty("lakehouse.root"))
                .resolve("schemas/invoices/queries/1_top_customers_january_2024.sql");
        long all = files("invoices.fact_invoice");
        long read = filesRead(SqlScript.of(Files.readString(query)).statements().get(0));
        System.out.printf("question 1 reads %d of %d files%n", read, all);
        assertThat(all).isGreaterThanOrEqualTo(20);
        assertThat(read * 5).isPositive().isLessThanOrEqualTo(all);

        long readOfLines = filesRead("SELECT item, sum(quantity) FROM invoices.fact_invoice_line"
                + " WHERE invoice_date BETWEEN '2024-01-01' AND '2024-01-31' GROUP BY item");
        assertThat(readOfLines * 5).isPositive().isLessThanOrEqualTo(files("invoices.fact_invoice_line"));

        assertThat(lakehouse.generateInvoices(INVOICES, 123)).contains("changed     0 inserted, 0 updated");
    }

    private static long count(String table) {
        return TestLakehouse.session().table(table).count();
    }

    private static long files(String table) {
        return TestLakehouse.session().sql("DESCRIBE DETAIL " + table).head().<Long>getAs("numFiles");
    }

    /** By the metrics of the query's scans. */
    private static long filesRead(String sql) {
        SparkSession session = TestLakehouse.session();
        Dataset<Row> rows = (Dataset<Row>) session.sql(sql, Map.of("catalog", "spark_catalog"));
        SparkPlan plan = rows.queryExecution().executedPlan();
        rows.collectAsList();
        return filesRead(plan);
    }

    private static long filesRead(SparkPlan plan) {
        long own = plan instanceof FileSourceScanExec scan
                ? scan.metrics().apply("numFiles").value()
                : 0;
        return own
                + CollectionConverters.asJava(plan.children()).stream()
                        .mapToLong(MillionsOfLinesTest::filesRead)
                        .sum();
    }
}
