package dev.lakehouse.invoices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.load.Quality;
import dev.lakehouse.sample.invoices.InvoiceGenerator;
import dev.lakehouse.sample.invoices.InvoicePdf;
import dev.lakehouse.sample.invoices.SampleDocuments;
import dev.lakehouse.source.files.pdf.PdfReader;
import dev.lakehouse.source.files.pdf.PdfText;
import dev.lakehouse.testing.TestLakehouse;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Generated invoices: the same for the same seed, good, spread as in a shop, and loaded like documents. */
class InvoiceGeneratorTest {
    private final Dataset<Row> invoices = InvoiceGenerator.of(123, 400).invoices(TestLakehouse.session());

    @Test
    void anInvoiceFollowsFromSeedAndIndexAlone() {
        List<String> few = documents(InvoiceGenerator.of(123, 20));

        assertThat(documents(InvoiceGenerator.of(123, 40)))
                .startsWith(few.toArray(String[]::new))
                .doesNotHaveDuplicates();
        assertThat(documents(InvoiceGenerator.of(124, 20))).doesNotContainAnyElementsOf(few);
    }

    private static List<String> documents(InvoiceGenerator generator) {
        return generator.invoices(TestLakehouse.session()).select("_document").collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }

    @Test
    void theFirstInvoiceIsTheSameOnEveryMachine() {
        Row first = invoices.head();

        assertThat(first.<String>getAs("invoice_number")).isEqualTo("S123-00000001");
        assertThat(SampleDocuments.invoice(first).amounts())
                .isEqualTo(Invoices.amounts("909.90", null, "0.00", "909.90", "909.90", "0.00"));
    }

    @Test
    void allAreGoodAndSpreadAsInAShop() {
        Dataset<Row> validated = Documents.validated(invoices);

        assertThat(Quality.quarantined(validated).count()).isZero();
        Row row = invoices.selectExpr(
                        "min(invoice_date) >= DATE'2023-01-01' AND max(invoice_date) <= DATE'2024-12-31'",
                        "count(DISTINCT currency)",
                        "count(DISTINCT member_number) BETWEEN 100 AND 390",
                        "count_if(discount_amount = 0) BETWEEN 100 AND 300",
                        "count_if(balance_due > 0) BETWEEN 20 AND 120",
                        "max(size(lines)) = 40 AND min(size(lines)) = 1")
                .head();
        assertThat(row).hasToString("[true,3,true,true,true,true]");
    }

    @Test
    void asDocumentsTheyAreReadAsTheyWereMade() {
        for (Row row : invoices.where("size(lines) = 40 OR length(lines[0].item) > 60 OR balance_due > 0")
                .limit(12)
                .collectAsList()) {
            Invoice invoice = SampleDocuments.invoice(row);
            PdfText text = PdfReader.read(InvoicePdf.draw(invoice), PrintedAmount::isWithCurrency);

            InvoiceParser.Parsed parsed = InvoiceParser.parse(((PdfText.Legible) text).pieces());
            assertThat(((InvoiceParser.Found) parsed).invoice())
                    .usingRecursiveComparison()
                    .withComparatorForType(java.math.BigDecimal::compareTo, java.math.BigDecimal.class)
                    .isEqualTo(invoice);
        }
    }

    @Tag("e2e")
    @Test
    void theyAreLoadedOnceAndTheirCustomersAreMembersAsFarAsThereAreSome() {
        TestLakehouse lakehouse = TestLakehouse.fresh();
        assertThat(lakehouse.generateInvoices(30, 5))
                .contains("files       30 files in the generator, seed 5, 30 to load\n")
                .contains("changed     30 inserted, 0 updated, 0 deleted");
        assertThat(lakehouse.query("SELECT count(member_id) FROM invoices.member_number"))
                .containsExactly("0");
        TestLakehouse.session()
                .sql("CREATE SCHEMA IF NOT EXISTS members LOCATION '" + lakehouse.warehouse() + "/members'");
        TestLakehouse.session()
                .sql("CREATE TABLE members.members USING DELTA AS" + " SELECT uuid() AS member_id FROM range(10000)");

        assertThat(lakehouse.generateInvoices(30, 5)).contains("none to load");
        assertThat(lakehouse.query("SELECT count(member_id) = count_if(member_number < 20010000),"
                        + " count(member_id) BETWEEN 1 AND count(*) - 1, count(DISTINCT member_id) = count(member_id)"
                        + " FROM invoices.member_number"))
                .containsExactly("true|true|true");
        assertThat(lakehouse.query("SELECT count(*) FROM invoices.fact_invoice LEFT ANTI JOIN invoices.member_number"
                        + " USING (member_number)"))
                .containsExactly("0");
    }
}
