package dev.lakehouse.invoices;

import static dev.lakehouse.invoices.Invoices.amounts;
import static dev.lakehouse.invoices.Invoices.line;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.lakehouse.invoices.Invoice.Amounts;
import dev.lakehouse.sample.invoices.InvoicePdf;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.testing.SpecifiedSamples;
import dev.lakehouse.testing.TestLakehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
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
    private final Amounts wrongAmounts = amounts("100.00", "10", "10.00", "91.00", "91.00", "0.00");

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

    private static Invoice corrected(String number) {
        return Invoices.with(
                Invoices.plain(number),
                List.of(line("Hat", 3, "30.00", "90.00")),
                amounts("90.00", null, "0.00", "90.00", "0.00", "90.00"));
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
    void documentsAreLoadedOnceALaterOneReplacesItsInvoiceAndAFileThatIsCorrectedLeavesQuarantine() throws IOException {
        put("one.pdf", plain, "2024-02-01T00:00:00Z");
        put("copy.pdf", plain, "2024-02-02T00:00:00Z");
        put("first.pdf", Invoices.plain("HK-2"), "2024-02-01T00:00:00Z");
        put("second.pdf", corrected("HK-2"), "2024-02-02T00:00:00Z");
        put("sums.pdf", InvoicePdf.draw(Invoices.with(Invoices.plain("HK-3"), plain.lines(), wrongAmounts)));
        put("corrected.pdf", "not yet".getBytes(UTF_8));
        put("breaks.pdf", InvoicePdf.draw(Invoices.plain("HK-5")));

        assertThat(load())
                .contains("files       7 files in " + landing + ", 7 to load\n")
                .contains("read        7 documents (")
                .contains("changed     3 inserted, 0 updated, 0 deleted\n")
                .contains("lines       5 inserted, 0 updated, 0 deleted\n")
                .contains("quarantined 2 documents\n")
                .contains("copies      1 file with a document that another file also contains\n")
                .contains("older       1 document of invoices of which a later one is loaded: ")
                .containsPattern(" +HK-2 file:.*/first.pdf\n")
                .contains("/invoices/fact_invoice\n");

        assertThat(lakehouse.query(HEADS)).containsExactly("HK-1|90.00|2", "HK-2|90.00|1", "HK-5|90.00|2");
        assertThat(lakehouse.query(LINES))
                .containsExactly("HK-1|1|Hat|2", "HK-1|2|Scarf|1", "HK-2|1|Hat|3", "HK-5|1|Hat|2", "HK-5|2|Scarf|1");
        assertThat(lakehouse.query("SELECT regexp_replace(_file, '.*/', ''), CAST(_modified_at AS STRING)"
                        + " FROM invoices.fact_invoice ORDER BY invoice_number"))
                .startsWith("one.pdf|2024-02-01 00:00:00", "second.pdf|2024-02-02 00:00:00");
        assertThat(lakehouse.query("SELECT member_number, member_id FROM invoices.member_number"))
                .containsExactly("20000001|null");
        assertThat(lakehouse.query(BAD))
                .containsExactly("corrected.pdf|not a PDF", "sums.pdf|the total is not subtotal less discount");
        assertThat(lakehouse.query("SELECT invoice_number, _size > 1000, length(_document), text LIKE '%# HK-3%'"
                        + " FROM invoices.invoices_quarantine WHERE invoice_number IS NOT NULL"))
                .containsExactly("HK-3|true|64|true");
        assertThat(lakehouse.ledger("rows_read, rows_written, rows_quarantined", "task = 'LoadInvoices'"))
                .last()
                .isEqualTo("7|3|2");

        Map<String, Long> before = state();
        put("later copy.pdf", plain, "2024-02-03T00:00:00Z");
        assertThat(load())
                .contains("files       8 files in " + landing + ", 3 to load\n")
                .contains("changed     0 inserted, 0 updated, 0 deleted\n")
                .contains("older       1 document of invoices of which a later one is loaded: ")
                .contains("quarantined 2 documents\n");
        assertThat(state()).isEqualTo(before);

        put("corrected one.pdf", corrected("HK-1"), "2024-02-04T00:00:00Z");
        put("corrected.pdf", InvoicePdf.draw(Invoices.plain("HK-4")));
        put("breaks.pdf", "no more".getBytes(UTF_8));
        assertThat(load())
                .contains("changed     1 inserted, 1 updated, 0 deleted")
                .contains("lines       2 inserted, 1 updated, 1 deleted");
        assertThat(lakehouse.query(HEADS))
                .containsExactly("HK-1|90.00|1", "HK-2|90.00|1", "HK-4|90.00|2", "HK-5|90.00|2");
        assertThat(lakehouse.query(LINES))
                .containsExactly(
                        "HK-1|1|Hat|3",
                        "HK-2|1|Hat|3",
                        "HK-4|1|Hat|2",
                        "HK-4|2|Scarf|1",
                        "HK-5|1|Hat|2",
                        "HK-5|2|Scarf|1");
        assertThat(lakehouse.query(BAD))
                .containsExactly("breaks.pdf|not a PDF", "sums.pdf|the total is not subtotal less discount");
    }

    @Tag("e2e")
    @Test
    void onS3AGlobOrTheWholeLandingIsReadAndOfTwoLoadsAtOnceOneBeginsAnew() {
        TestLakehouse onS3 = TestLakehouse.landingOnS3();
        String folder = onS3.landing() + "/invoices";
        FileStore files = FileStore.of(folder);
        files.create(folder + "/2024/one.pdf", InvoicePdf.draw(Invoices.longOne("HK-7", 30)));
        files.create(folder + "/2024/_hidden.pdf", new byte[] {1});
        files.create(folder + "/2025/two.pdf", InvoicePdf.draw(plain));
        assertThat(onS3.loadInvoices(folder + "/2024/*.pdf"))
                .contains("1 inserted, 0 updated, 0 deleted")
                .contains("lines       30 inserted");
        List<String> faster = new ArrayList<>();
        FailPoint.once("LoadInvoices.planned", () -> faster.add(onS3.loadInvoices("")));

        assertThat(onS3.loadInvoices("")).contains("files       2 files in ").contains("none to load");

        assertThat(faster).singleElement(STRING).contains("1 inserted, 0 updated, 0 deleted");
        assertThat(onS3.query(HEADS)).containsExactly("HK-1|90.00|2", "HK-7|30.00|30");
        assertThat(onS3.query(LINES)).hasSize(32).startsWith("HK-1|1|Hat|2", "HK-1|2|Scarf|1", "HK-7|1|Item 1|1");
        assertThat(files.filesBelow(folder + "/_scratch"))
                .as("what is left behind")
                .isEmpty();
    }

    @Test
    @Tag("heavy")
    void aStopAtAnyPointFollowedByAPlainRunLeavesTheSameTablesAsNoStop() throws IOException {
        put("a.pdf", plain, "2024-02-01T00:00:00Z");
        load();
        put("a.pdf", corrected("HK-1"), "2024-02-02T00:00:00Z");
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
    void theRealInvoiceIsWhatTheSpecificationSays() {
        String samples = System.getProperty("lakehouse.samples");
        assumeThat(samples)
                .as("-Dlakehouse.samples=FOLDER names the real samples")
                .isNotNull();

        assertThat(lakehouse.loadInvoices(samples + "/invoice.pdf")).contains("1 inserted");
        assertThat(SpecifiedSamples.of("invoices"))
                .containsOnlyKeys(TABLES.subList(0, 3))
                .allSatisfy((table, sample) ->
                        assertThat(firstRow(table, sample.keySet())).isEqualTo(sample));
        assertThat(lakehouse.query(LINES))
                .containsExactly("HK-00001|1|LEATHER SLEEVE CLASSIC JACKET|1", "HK-00001|2|CREWNECK COTTON T-SHIRT|2");
    }

    private static Map<String, String> firstRow(String table, Set<String> columns) {
        Row row = TestLakehouse.session()
                .table("invoices." + table)
                .orderBy(table.equals("fact_invoice_line") ? "line_number" : "member_number")
                .head();
        Map<String, String> values = new TreeMap<>();
        columns.forEach(name -> values.put(name, Objects.toString(row.getAs(name), null)));
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
