package dev.lakehouse.invoices;

import static dev.lakehouse.invoices.Invoices.amounts;
import static dev.lakehouse.invoices.Invoices.line;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.lakehouse.load.Quality;
import dev.lakehouse.sample.invoices.InvoicePdf;
import dev.lakehouse.testing.TestLakehouse;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the files of a landing to validated rows: which are seen, and what is wrong with each. */
class DocumentsTest {
    @TempDir
    private Path landing;

    @Test
    void aFolderIsReadWithAllBelowItWhateverTheNamesButNotWhatIsHidden() throws IOException {
        byte[] good = InvoicePdf.draw(Invoices.plain("HK-1"));
        put("one.pdf", good);
        put("2024 [jan]/another name, ä %20.pdf", good);
        put("2024 [jan]/_hidden.pdf", good);
        put(".hidden.pdf", good);

        assertThat(texts(in(landing), "file", "_size = " + good.length, "length(_document)"))
                .containsExactlyInAnyOrder("one.pdf|true|64", "another name, ä %20.pdf|true|64");
        assertThat(texts(in(landing.resolve("nowhere")), "file")).isEmpty();
    }

    @Test
    void whatIsNoGoodInvoiceHasAllItsReasonsAndItsText() throws IOException {
        byte[] good = InvoicePdf.draw(Invoices.plain("HK-1"));
        put("good.pdf", good);
        put("empty.pdf", new byte[0]);
        put("text.pdf", "Dear Sir,\nplease pay.".getBytes(UTF_8));
        put("bytes.pdf", new byte[] {0, 1, 2, (byte) 0xff});
        put("encrypted.pdf", Damaged.encrypted(good, "secret"));
        put("owned.pdf", Damaged.encrypted(InvoicePdf.draw(Invoices.plain("HK-3")), ""));
        put("image.pdf", Damaged.imageOnly());
        put("truncated.pdf", Damaged.truncated(good));
        put("scrambled.pdf", Damaged.scrambled(good));
        put("two.pdf", InvoicePdf.draw(Invoices.plain("HK-4"), Invoices.plain("HK-5")));
        put("no number.pdf", InvoicePdf.draw(Invoices.plain("")));
        put(
                "sums.pdf",
                InvoicePdf.draw(Invoices.with(
                        Invoices.plain("HK-6"),
                        List.of(line("Hat", 2, "30.00", "61.00"), line("Scarf", 0, "0.00", "0.00")),
                        amounts("60.00", "10", "6.01", "50.00", "50.00", "1.00"))));
        put(
                "ambiguous.pdf",
                DrawnInvoice.numbered("SG-2")
                        .row("COAT", "1", "€ 1.234", "€ 1.234")
                        .unpaid("€ 1.234")
                        .draw());
        try (RandomAccessFile large =
                new RandomAccessFile(landing.resolve("large.pdf").toFile(), "rw")) {
            large.setLength(Documents.MOST_BYTES + 1);
        }

        Dataset<Row> documents = validated();

        assertThat(texts(Quality.accepted(documents), "file", "invoice_number"))
                .containsExactlyInAnyOrder("good.pdf|HK-1", "owned.pdf|HK-3");
        Dataset<Row> bad = Quality.quarantined(documents);
        assertThat(texts(bad, "file", "array_join(_reasons, ', ')"))
                .containsExactlyInAnyOrder(
                        "ambiguous.pdf|amounts that can be read in more than one way, such as 1.234",
                        "bytes.pdf|not a PDF",
                        "empty.pdf|the file is empty",
                        "encrypted.pdf|encrypted: a password is needed",
                        "image.pdf|no text in it, as in a scanned image",
                        "large.pdf|larger than 50 MB",
                        "no number.pdf|no invoice number",
                        "scrambled.pdf|damaged: it cannot be read as a PDF",
                        "sums.pdf|the quantity of a line is not above 0, the amount of a line is not quantity x unit"
                                + " price, the subtotal is not the sum of the lines, the discount is not its share of"
                                + " the subtotal, the total is not subtotal less discount, amount paid and balance due"
                                + " are not the total",
                        "text.pdf|not a PDF",
                        "truncated.pdf|truncated: the end of the PDF is missing",
                        "two.pdf|several invoices in one file");
        assertThat(texts(bad.where("file = 'text.pdf'"), "text")).containsExactly("Dear Sir,\nplease pay.");
        assertThat(texts(bad.where("file = 'bytes.pdf'"), "text")).containsExactly("");
        assertThat(texts(bad.where("file = 'two.pdf'"), "text"))
                .singleElement(STRING)
                .contains("# HK-4", "# HK-5", "Hat 2 HK$30.00 HK$60.00");
        assertThat(texts(bad.where("file = 'sums.pdf'"), "text"))
                .singleElement(STRING)
                .contains("# HK-6", "Total: HK$50.00");
        assertThat(texts(bad.where("file = 'sums.pdf'"), "invoice_number", "_size > 1000", "length(_document)"))
                .containsExactly("HK-6|true|64");
    }

    @Test
    void whatPagesCarryIsNoPartOfTheInvoice() throws IOException {
        put(
                "pages.pdf",
                DrawnInvoice.numbered("SG-1")
                        .billedTo("Mei Tan", "#05-12 Orchard Towers", "Singapore 238875")
                        .filled("HAT")
                        .line("Carried forward", "HK$25.00")
                        .nextPage(60)
                        .line("Brought forward", "HK$25.00")
                        .row("COAT", "1", "HK$95.00", "HK$95.00")
                        .totals(
                                "Subtotal:", "HK$120.00",
                                "Discount (10%):", "(HK$12.00)",
                                "Total:", "HK$108.00",
                                "Balance Due:", "HK$108.00")
                        .onEveryPage(44, 770, "East Star Retail Ltd., page %d of 2")
                        .draw());

        assertThat(texts(
                        Quality.accepted(validated()),
                        "invoice_number",
                        "bill_to_address",
                        "discount_amount",
                        "total",
                        "size(lines)",
                        "lines[24].item",
                        "lines[25].item"))
                .containsExactly("SG-1|#05-12 Orchard Towers|12.00|108.00|26|HAT 25|COAT");
    }

    private void put(String name, byte[] document) throws IOException {
        Path file = landing.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, document);
    }

    private Dataset<Row> validated() {
        Dataset<Row> rows =
                Documents.validated(Documents.read(Documents.in(TestLakehouse.session(), landing.toString())));
        // Read once.
        return named(TestLakehouse.session().createDataFrame(rows.collectAsList(), rows.schema()));
    }

    private static Dataset<Row> in(Path folder) {
        return named(Documents.in(TestLakehouse.session(), folder.toString()));
    }

    private static Dataset<Row> named(Dataset<Row> documents) {
        return documents.withColumn("file", expr("regexp_replace(_file, '.*/', '')"));
    }

    private static List<String> texts(Dataset<Row> documents, String... columns) {
        return documents.selectExpr(columns).collectAsList().stream()
                .map(row -> row.mkString("|"))
                .toList();
    }
}
