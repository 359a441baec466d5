package dev.lakehouse.invoices;

import static dev.lakehouse.invoices.Invoices.amounts;
import static dev.lakehouse.invoices.Invoices.line;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lakehouse.sample.invoices.InvoicePdf;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.testing.Specification;
import dev.lakehouse.testing.TestLakehouse;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents from a landing to the fact tables: corrections, copies, quarantine, and stops at every step. */
class LoadInvoicesTest {
    private static final List<String> TABLES =
            List.of("fact_invoice", "fact_invoice_line", "member_number", "invoices_quarantine");
    private static final String HEADS =
            "SELECT invoice_number, total, line_count FROM invoices.fact_invoice ORDER BY invoice_number";
    private static final String LINES =
            "SELECT invoice_number, line_number, item, quantity FROM invoices.fact_invoice_line ORDER BY 1, 2";
    private static final String BAD =
            "SELECT regexp_replace(_file, '.*/', ''), array_join(_reasons, ', ') FROM invoices.invoices_quarantine"
                    + " ORDER BY 1";

    private static TestLakehouse lakehouse;

    private final Invoice plain = Invoices.plain("HK-1");
    private final Invoice corrected = Invoices.with(
            plain, List.of(line("Hat", 3, "30.00", "90.00")), amounts("90.00", null, "0.00", "90.00", "0.00", "90.00"));

    @TempDir
    private Path landing;

    @BeforeAll
    static void makeTables() {
        lakehouse = TestLakehouse.fresh();
        assertThat(lakehouse.loadInvoices("s3a://lakehouse/no/such/folder"))
                .contains("files       0 files in s3a://lakehouse/no/such/folder, none to load\n");
    }

    /** Making them anew for each test would take most of the time. */
    @BeforeEach
    void emptyTables() {
        for (String table : TABLES) {
            if (TestLakehouse.session().catalog().tableExists("invoices." + table)) {
                TestLakehouse.session().sql("DELETE FROM invoices." + table);
            }
        }
    }

    private String load() {
        return lakehouse.loadInvoices(landing.toString());
    }

    private void put(String name, byte[] document) throws IOException {
        Files.write(landing.resolve(name), document);
    }

    private void put(String name, Invoice invoice, String modified) throws IOException {
        put(name, InvoicePdf.draw(invoice));
        Files.setLastModifiedTime(landing.resolve(name), FileTime.from(Instant.parse(modified)));
    }

    @Test
    void anInvoiceIsLoadedOnceHoweverOftenAndUnderWhateverNamesItLies() throws IOException {
        put("one.pdf", InvoicePdf.draw(plain));
        assertThat(load())
                .contains("files       1 file in " + landing + ", 1 to load\n")
                .contains("read        1 document (")
                .contains("changed     1 inserted, 0 updated, 0 deleted\n")
                .contains("lines       2 inserted, 0 updated, 0 deleted\n")
                .contains("/invoices/fact_invoice\n");
        assertThat(lakehouse.query(HEADS)).containsExactly("HK-1|90.00|2");
        assertThat(lakehouse.query(LINES)).containsExactly("HK-1|1|Hat|2", "HK-1|2|Scarf|1");
        assertThat(lakehouse.query("SELECT member_number, member_id FROM invoices.member_number"))
                .containsExactly("20000001|null");

        Map<String, Long> before = state();
        Files.createDirectory(landing.resolve("2024 [jan]"));
        put("2024 [jan]/another name, ä %20.pdf", InvoicePdf.draw(plain));
        assertThat(load()).contains("files       2 files in ").contains("none to load");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void copiesInOneLandingAreOneInvoice() throws IOException {
        put("a.pdf", plain, "2024-02-01T00:00:00Z");
        put("b.pdf", Files.readAllBytes(landing.resolve("a.pdf")));

        assertThat(load())
                .contains("1 inserted")
                .contains("copies      1 file with a document that another file holds as well\n");
        assertThat(
                        lakehouse.query(
                                "SELECT regexp_replace(_file, '.*/', ''), CAST(_modified_at AS STRING) FROM invoices.fact_invoice"))
                .containsExactly("a.pdf|2024-02-01 00:00:00");
        assertThat(lakehouse.ledger("rows_read, rows_written, rows_quarantined", "task = 'LoadInvoices'"))
                .last()
                .isEqualTo("2|1|0");
    }

    @Test
    void aLaterDocumentReplacesTheInvoiceAndItsLines() throws IOException {
        put("first.pdf", plain, "2024-02-01T00:00:00Z");
        load();
        put("second.pdf", corrected, "2024-02-02T00:00:00Z");

        assertThat(load())
                .contains("changed     0 inserted, 1 updated, 0 deleted")
                .contains("lines       0 inserted, 1 updated, 1 deleted")
                .doesNotContain("older");
        assertThat(lakehouse.query(HEADS)).containsExactly("HK-1|90.00|1");
        assertThat(lakehouse.query(LINES)).containsExactly("HK-1|1|Hat|3");

        Map<String, Long> before = state();
        assertThat(load())
                .contains("older       1 document of invoices of which a later one is loaded: ")
                .containsPattern(" +HK-1 file:.*/first.pdf\n");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void theDocumentThatWasModifiedLaterHoldsInWhateverOrderTheyCome() throws IOException {
        put("second.pdf", corrected, "2024-02-02T00:00:00Z");
        put("third.pdf", Invoices.longOne("HK-1", 3), "2024-02-01T23:59:59Z");
        assertThat(load()).contains("1 inserted").contains("older       1 document");
        put("first.pdf", plain, "2024-02-01T00:00:00Z");

        assertThat(load()).contains("0 inserted, 0 updated").contains("older       2 documents");
        assertThat(lakehouse.query(LINES)).containsExactly("HK-1|1|Hat|3");
    }

    @Test
    void whatIsNoGoodInvoiceIsInQuarantineWithAllReasonsAndTheOthersAreLoaded() throws IOException {
        byte[] good = InvoicePdf.draw(plain);
        put("good.pdf", good);
        put("empty.pdf", new byte[0]);
        put("text.pdf", "Dear Sir,\nplease pay.".getBytes(UTF_8));
        put("bytes.pdf", new byte[] {0, 1, 2, (byte) 0xff});
        put("encrypted.pdf", Damaged.encrypted(InvoicePdf.draw(Invoices.plain("HK-2")), "secret"));
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
        try (RandomAccessFile large =
                new RandomAccessFile(landing.resolve("large.pdf").toFile(), "rw")) {
            large.setLength(Documents.MOST_BYTES + 1);
        }

        assertThat(load())
                .contains("read        13 documents")
                .contains("2 inserted")
                .contains("quarantined 11 documents\n");
        assertThat(lakehouse.query(BAD))
                .containsExactly(
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
        assertThat(lakehouse.query(HEADS)).containsExactly("HK-1|90.00|2", "HK-3|90.00|2");
        assertThat(text("text.pdf")).isEqualTo("HK-|Dear Sir,\nplease pay.".substring(4));
        assertThat(text("two.pdf")).contains("# HK-4", "# HK-5", "Hat 2 HK$30.00 HK$60.00");
        assertThat(text("sums.pdf")).contains("# HK-6", "Total: HK$50.00");
        assertThat(text("bytes.pdf")).isEmpty();
        assertThat(lakehouse.query("SELECT invoice_number, _size > 1000, length(_document) FROM"
                        + " invoices.invoices_quarantine WHERE _file LIKE '%/sums.pdf'"))
                .containsExactly("HK-6|true|64");

        Map<String, Long> before = state();
        load();
        assertThat(state())
                .as("what is quarantined already is not written again")
                .isEqualTo(before);
    }

    private String text(String file) {
        return lakehouse
                .query("SELECT text FROM invoices.invoices_quarantine WHERE _file LIKE '%/" + file + "'")
                .get(0);
    }

    @Test
    void whatPagesCarryIsNotLoadedAndAmountsWithoutACertainMeaningAreInQuarantine() throws IOException {
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
        put(
                "ambiguous.pdf",
                DrawnInvoice.numbered("SG-2")
                        .row("COAT", "1", "€ 1.234", "€ 1.234")
                        .unpaid("€ 1.234")
                        .draw());

        load();

        assertThat(lakehouse.query("SELECT invoice_number, bill_to_address, discount_amount, total, line_count"
                        + " FROM invoices.fact_invoice"))
                .containsExactly("SG-1|#05-12 Orchard Towers|12.00|108.00|26");
        assertThat(lakehouse.query("SELECT item FROM invoices.fact_invoice_line WHERE line_number IN (25, 26)"
                        + " ORDER BY line_number"))
                .containsExactly("HAT 25", "COAT");
        assertThat(lakehouse.query(BAD))
                .containsExactly("ambiguous.pdf|amounts that can be read in more than one way, such as 1.234");
    }

    @Test
    void aFileThatIsCorrectedLeavesQuarantineAndOneThatBreaksKeepsItsInvoice() throws IOException {
        put("corrected.pdf", "not yet".getBytes(UTF_8));
        put("breaks.pdf", InvoicePdf.draw(Invoices.plain("HK-2")));
        load();
        put("corrected.pdf", InvoicePdf.draw(plain));
        put("breaks.pdf", "no more".getBytes(UTF_8));
        load();

        assertThat(lakehouse.query(BAD)).containsExactly("breaks.pdf|not a PDF");
        assertThat(lakehouse.query(HEADS)).containsExactly("HK-1|90.00|2", "HK-2|90.00|2");
    }

    @Test
    void aLandingOnS3IsReadByAGlob() {
        String folder = lakehouse.landing() + "/invoices";
        FileStore files = FileStore.of(folder);
        files.create(folder + "/2024/one.pdf", InvoicePdf.draw(Invoices.longOne("HK-7", 120)));
        files.create(folder + "/2024/_hidden.pdf", new byte[] {1});
        files.create(folder + "/2025/two.pdf", InvoicePdf.draw(plain));

        assertThat(lakehouse.loadInvoices(folder + "/2024/*.pdf"))
                .contains("1 inserted, 0 updated, 0 deleted")
                .contains("lines       120 inserted");
        assertThat(lakehouse.loadInvoices(""))
                .contains("files       2 files in ")
                .contains("1 inserted");
        assertThat(files.filesBelow(folder + "/_scratch"))
                .as("what is left behind")
                .isEmpty();
    }

    @Test
    @Tag("heavy")
    void aStopAtAnyPointFollowedByAPlainRunLeavesTheSameTablesAsNoStop() throws IOException {
        put("a.pdf", plain, "2024-02-01T00:00:00Z");
        load();
        put("a.pdf", corrected, "2024-02-02T00:00:00Z");
        put("new.pdf", InvoicePdf.draw(Invoices.plain("HK-2")));
        put("bad.pdf", "bad".getBytes(UTF_8));
        for (String point : List.of(
                "LoadInvoices.invoices_quarantine",
                "LoadInvoices.member_number",
                "LoadInvoices.planned",
                "LoadInvoices.fact_invoice_line",
                "LoadInvoices.fact_invoice")) {
            FailPoint.once(point, () -> {
                throw new IllegalStateException("stopped at " + point);
            });
            assertThatThrownBy(this::load).hasMessage("stopped at " + point);
            assertThat(lakehouse.query("SELECT invoice_number FROM invoices.fact_invoice LEFT ANTI JOIN"
                            + " invoices.fact_invoice_line USING (invoice_number)"))
                    .as("an invoice without lines, stopped at %s", point)
                    .isEmpty();
            assertThat(lakehouse.query(HEADS))
                    .as(point)
                    .isEqualTo(
                            point.equals("LoadInvoices.fact_invoice")
                                    ? List.of("HK-1|90.00|1", "HK-2|90.00|2")
                                    : List.of("HK-1|90.00|2"));
        }
        load();

        assertThat(lakehouse.query(HEADS)).containsExactly("HK-1|90.00|1", "HK-2|90.00|2");
        assertThat(lakehouse.query(LINES)).containsExactly("HK-1|1|Hat|3", "HK-2|1|Hat|2", "HK-2|2|Scarf|1");
        assertThat(lakehouse.query(BAD)).containsExactly("bad.pdf|not a PDF");
        assertThat(lakehouse.query("SELECT count(*) FROM invoices.member_number"))
                .containsExactly("1");
    }

    @Test
    void ofTwoLoadsAtOnceOneBeginsAnewAndNothingIsLoadedTwice() throws IOException {
        put("a.pdf", InvoicePdf.draw(plain));
        FailPoint.once("LoadInvoices.planned", this::load);

        assertThat(load()).contains("none to load");

        assertThat(lakehouse.query(LINES)).containsExactly("HK-1|1|Hat|2", "HK-1|2|Scarf|1");
        assertThat(lakehouse.query(HEADS)).containsExactly("HK-1|90.00|2");
    }

    @Test
    void theRealInvoiceIsWhatTheSpecificationSays() {
        String samples = System.getProperty("lakehouse.samples");
        assumeThat(samples)
                .as("-Dlakehouse.samples=FOLDER names the real samples")
                .isNotNull();

        assertThat(lakehouse.loadInvoices(samples + "/invoice.pdf")).contains("1 inserted");
        Map<String, Long> before = state();
        assertThat(lakehouse.loadInvoices(samples + "/invoice.pdf")).contains("none to load");
        assertThat(state()).isEqualTo(before);

        for (String table : TABLES.subList(0, 3)) {
            assertThat(sampled(table)).as(table).isEqualTo(specified(table));
        }
        assertThat(lakehouse.query(LINES))
                .containsExactly("HK-00001|1|LEATHER SLEEVE CLASSIC JACKET|1", "HK-00001|2|CREWNECK COTTON T-SHIRT|2");
    }

    private static Map<String, String> specified(String table) {
        Map<String, String> samples = new TreeMap<>();
        Specification.of("invoices").columns(table).stream()
                .filter(column -> !column.sample().isEmpty())
                .forEach(column -> samples.put(column.name(), column.sample()));
        assertThat(samples).hasSizeGreaterThan(1);
        return samples;
    }

    /** Its first row, as far as samples are specified. */
    private static Map<String, String> sampled(String table) {
        Row row = TestLakehouse.session()
                .table("invoices." + table)
                .orderBy(table.equals("fact_invoice_line") ? "line_number" : "member_number")
                .head();
        Map<String, String> values = new TreeMap<>();
        Stream.of(row.schema().fieldNames())
                .filter(specified(table)::containsKey)
                .forEach(name ->
                        values.put(name, String.valueOf(row.<Object>getAs(name)).replace("null", "NULL")));
        return values;
    }

    /** Commits and data files of every table. */
    private static Map<String, Long> state() {
        Map<String, Long> state = new TreeMap<>();
        for (String table : TABLES) {
            state.put(table + " version", lakehouse.version("invoices." + table));
            state.put(table + " files", lakehouse.dataFiles("invoices." + table));
        }
        return state;
    }
}
