package dev.lakehouse.invoices;

import static dev.lakehouse.invoices.Invoices.amounts;
import static dev.lakehouse.invoices.Invoices.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.invoices.Invoice.Party;
import dev.lakehouse.invoices.InvoiceParser.Found;
import dev.lakehouse.invoices.InvoiceParser.NotOne;
import dev.lakehouse.invoices.InvoiceParser.Parsed;
import dev.lakehouse.sample.invoices.InvoicePdf;
import dev.lakehouse.sample.invoices.PdfCanvas;
import dev.lakehouse.source.files.pdf.PdfReader;
import dev.lakehouse.source.files.pdf.PdfText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invoices are read as they were drawn, and everything else is told apart from them. */
class InvoiceParserTest {
    private final Invoice plain = Invoices.plain("HK-7");

    @Test
    void whatWasDrawnIsRead() {
        assertThat(read(plain)).isEqualTo(plain);
    }

    @Test
    void whatIsDrawnTwiceIsTheSameDocument() {
        assertThat(InvoicePdf.draw(plain)).isEqualTo(InvoicePdf.draw(plain));
    }

    @Test
    void linesOverSeveralPagesAndLongNamesAreReadWhole() {
        Invoice drawn = Invoices.longOne("HK-8", 120);

        assertThat(read(drawn)).isEqualTo(drawn);
        assertThat(drawn.lines().get(9).item()).hasSizeGreaterThan(150);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 60})
    void noNumberOfLinesBreaksThePagesWrongly(int lines) {
        Invoice drawn = Invoices.longOne("HK-8", lines);

        assertThat(read(drawn)).isEqualTo(drawn);
    }

    @Test
    void aDiscountOfZeroAndABalanceAreRead() {
        Invoice drawn = Invoices.with(plain, plain.lines(), amounts("100.00", "0", "0.00", "100.00", "25.50", "74.50"));

        assertThat(read(drawn)).isEqualTo(drawn);
    }

    @Test
    void whatIsNotOnTheDocumentIsNull() {
        Invoice drawn = new Invoice(
                "HK-9",
                LocalDate.parse("2023-12-31"),
                plain.seller(),
                "1",
                Party.NOBODY,
                Party.NOBODY,
                null,
                null,
                "EUR",
                List.of(line("Hat", 1_000, "123456.00", "123456000.00")),
                amounts("123456000.00", null, "0.00", "123456000.00", "0.00", "123456000.00"),
                null);

        assertThat(read(drawn)).isEqualTo(drawn);
    }

    @Test
    void tooMuchPaidIsABalanceBelowZero() {
        Invoice drawn =
                Invoices.with(plain, plain.lines(), amounts("100.00", null, "0.00", "100.00", "101.00", "-1.00"));

        assertThat(read(drawn)).isEqualTo(drawn);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Jan 1, 2024", "January 1, 2024", "1 Jan 2024", "1 january 2024", "2024-01-01"})
    void datesAreReadInFormsThatSayOneDay(String text) {
        assertThat(PrintedDate.parse(text)).contains(LocalDate.parse("2024-01-01"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1/2/2024", "Feb 30, 2024", "Jan 2024", ""})
    void otherDatesAreNotRead(String text) {
        assertThat(PrintedDate.parse(text)).isEmpty();
    }

    @Test
    void aCityInCapitalsIsWrittenAsAName() {
        assertThat(Address.party(List.of("Shop", "153 Harvest Lane HONG KONG")))
                .isEqualTo(new Party("Shop", "153 Harvest Lane", "Hong Kong"));
        assertThat(Address.party(List.of("Chris", "Flat 3", "12 Court Square", "HONG KONG")))
                .isEqualTo(new Party("Chris", "Flat 3, 12 Court Square", "Hong Kong"));
        assertThat(Address.party(List.of("Chris", "12 COURT SQUARE")))
                .isEqualTo(new Party("Chris", "12 COURT SQUARE", null));
    }

    @Test
    void severalInvoicesInOneFileAreNotOne() {
        assertThat(parsed(InvoicePdf.draw(plain, Invoices.plain("HK-70"))))
                .isInstanceOfSatisfying(NotOne.class, not -> {
                    assertThat(not.reason()).isEqualTo("several invoices in one file");
                    assertThat(not.number()).contains("HK-7");
                });
        assertThat(parsed(InvoicePdf.draw(plain, plain))).isInstanceOf(NotOne.class);
    }

    @ParameterizedTest
    @CsvSource({"CREDIT NOTE,'a credit note, which is not an invoice'", "QUOTE,not an invoice: it has no such title"})
    void otherDocumentsAreNotInvoices(String title, String reason) throws IOException {
        assertThat(parsed(page("# HK-1", title, "Total:", "HK$1.00")))
                .isInstanceOfSatisfying(
                        NotOne.class, not -> assertThat(not.reason()).isEqualTo(reason));
    }

    @Test
    void anAmountBesideThoseThatAreKnownIsNamed() throws IOException {
        assertThat(parsed(page("INVOICE", "", "Subtotal:", "HK$1.00", "Tax (5%):", "HK$0.05", "Total:", "HK$1.05")))
                .isInstanceOfSatisfying(NotOne.class, not -> assertThat(not.reason())
                        .isEqualTo("an amount that is not known to invoices here: Tax (5%)"));
    }

    private static Invoice read(Invoice invoice) {
        Parsed parsed = parsed(InvoicePdf.draw(invoice));
        assertThat(parsed).isInstanceOf(Found.class);
        return ((Found) parsed).invoice();
    }

    private static Parsed parsed(byte[] document) {
        PdfText text = PdfReader.read(document, PrintedAmount::isWithCurrency);
        assertThat(text).isInstanceOf(PdfText.Legible.class);
        return InvoiceParser.parse(((PdfText.Legible) text).pieces());
    }

    /** Texts in two columns. */
    private static byte[] page(String... texts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PdfCanvas canvas = PdfCanvas.open(1)) {
            canvas.newPage();
            for (int i = 0; i < texts.length; i++) {
                int row = i / 2;
                canvas.left(i % 2 == 0 ? 100 : 400, 100f + row * 20, texts[i]);
            }
            canvas.save(bytes);
        }
        return bytes.toByteArray();
    }
}
