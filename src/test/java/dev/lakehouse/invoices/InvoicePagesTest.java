package dev.lakehouse.invoices;

import static dev.lakehouse.invoices.Invoices.line;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What pages carry around the table of items never becomes part of an item, and long names stay whole (as reported for
 * other readers, invoice-x/invoice2data#650).
 */
class InvoicePagesTest {
    /** Page 1 filled with items named HAT, 25 of them; the last one stands at {@link DrawnInvoice#BOTTOM}. */
    private static DrawnInvoice firstPage() {
        return DrawnInvoice.numbered("HK-1").filled("HAT");
    }

    private static DrawnInvoice twoPages() {
        return firstPage().nextPage(60).row("COAT", "1", "HK$5.00", "HK$5.00").unpaid("HK$30.00");
    }

    private static DrawnInvoice threePages() {
        return firstPage()
                .nextPage(60)
                .filled("CAP")
                .nextPage(60)
                .row("COAT", "1", "HK$5.00", "HK$5.00")
                .unpaid("HK$68.00");
    }

    private static List<String> hatsAnd(String... others) {
        return Stream.concat(IntStream.rangeClosed(1, 25).mapToObj(i -> "HAT " + i), Stream.of(others))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Alone or in a sentence, in the middle, at the right, at the left
                "306|765|%d",
                "290|765|Page %d",
                "44|765|Page %d",
                "48|765|Page %d of 2",
                "520|765|Page %d of 2",
                "300|765|- %d -",
                "373|765|%d",
                "440|765|%d",
                "560|765|%d",
                "44|765|%d",
                "300|765|%d/2",
                "44|765|Seite %d von 2",
                // As near to the last item as its own second row would be
                "44|735|%d",
                "44|735|Page %d",
                "44|735|%d/2",
                "44|737|East Star Retail Ltd.",
                "44|735|Invoice HK-1, page %d of 2",
                "44|765|East Star Retail Ltd., 153 Harvest Lane, Hong Kong. Bank: HSBC 123-456789-001",
                "200|745|Thank you for shopping with us"
            })
    void whatEveryPageRepeatsIsNoPartOfAnItem(float x, float y, String text) {
        Invoice plain = twoPages().read();
        Invoice carried = twoPages().onEveryPage(x, y, text).read();

        assertThat(carried).isEqualTo(plain);
        assertThat(plain.lines()).hasSize(26).last().isEqualTo(line("COAT", 1, "5.00", "5.00"));
        assertThat(threePages().onEveryPage(x, y, text).read())
                .isEqualTo(threePages().read());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "44|765|Page 1",
                "306|750|1",
                "44|755|Thank you for shopping with us",
                "300|740|Please see over",
                "44|765|East Star Retail Ltd., 153 Harvest Lane"
            })
    void whatOnePageCarriesAwayFromTheTableIsNoPartOfAnItem(float x, float y, String text) {
        assertThat(twoPages().onPage(1, x, y, text).read()).isEqualTo(twoPages().read());
    }

    @Test
    void aFooterOfSeveralLinesAndColumnsIsNoPartOfAnItem() {
        DrawnInvoice drawn = threePages()
                .onEveryPage(44, 744, "East Star Retail Ltd.")
                .onEveryPage(250, 744, "HSBC 123-456789-001")
                .onEveryPage(440, 744, "VAT 12345678")
                .onEveryPage(44, 756, "153 Harvest Lane")
                .onEveryPage(373, 756, "+852 2345 6789")
                .onEveryPage(530, 756, "%d")
                .onEveryPage(44, 768, "Registered in Hong Kong no. 1234567");

        assertThat(drawn.read()).isEqualTo(threePages().read());
    }

    @Test
    void aLetterheadOnEveryPageIsNoPartOfAnItemAndOnTheFirstItIsTheSeller() {
        DrawnInvoice drawn = DrawnInvoice.numbered("HK-1")
                .filled("HAT")
                .nextPage(120)
                .row("COAT", "1", "HK$5.00", "HK$5.00")
                .unpaid("HK$30.00");
        Invoice plain = drawn.read();
        drawn.onEveryPage(48, 24, "East Star Retail Ltd.")
                .onPage(2, 48, 36, "153 Harvest Lane")
                .onPage(2, 48, 48, "Hong Kong")
                .onPage(2, 520, 48, "INVOICE")
                .onPage(2, 520, 67.5f, "# HK-1")
                .onPage(2, 440, 90, "Date:")
                .onPage(2, 500, 90, "Jan 15, 2024");

        assertThat(drawn.read()).isEqualTo(plain);
        assertThat(plain.seller())
                .isEqualTo(new Invoice.Party("East Star Retail Ltd.", "153 Harvest Lane", "Hong Kong"));
    }

    @Test
    void pagesWithoutHeadingsCarryLetterheadsAndTotalsAlone() {
        DrawnInvoice items = firstPage()
                .nextPage()
                .at(110)
                .row("COAT", "1", "HK$5.00", "HK$5.00")
                .nextPage()
                .at(60)
                .unpaid("HK$30.00");
        items.onEveryPage(44, 30, "East Star Retail Ltd.")
                .onEveryPage(44, 42, "Invoice HK-1, page %d")
                .onPage(2, 44, 60, "Items of this order, second sheet")
                .onEveryPage(306, 765, "%d");

        assertThat(items.items()).isEqualTo(hatsAnd("COAT"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "continued",
                "Continued on next page",
                "(continued on page 2)",
                "- continued -",
                "Cont'd",
                "Carried forward",
                "Please turn over"
            })
    void aLineThatThePageGoesOnIsNoPartOfAnItem(String text) {
        DrawnInvoice drawn = firstPage()
                .line(text, "")
                .nextPage(60)
                .line("Brought forward", "")
                .line("continued from page 1", "")
                .row("COAT", "1", "HK$5.00", "HK$5.00")
                .unpaid("HK$30.00");

        assertThat(drawn.items()).isEqualTo(hatsAnd("COAT"));
    }

    @Test
    void aSumThatIsCarriedFromPageToPageIsNoItem() {
        DrawnInvoice drawn = firstPage()
                .line("Carried forward", "HK$25.00")
                .nextPage(60)
                .line("Saldovortrag", "HK$25.00")
                .filled("CAP")
                .line("Total of this page", "HK$37.00")
                .line("Carried forward", "HK$62.00")
                .nextPage(60)
                .line("Brought forward", "HK$62.00")
                .row("COAT", "1", "HK$5.00", "HK$5.00")
                .unpaid("HK$67.00");

        assertThat(drawn.read().lines()).hasSize(25 + 37 + 1).last().isEqualTo(line("COAT", 1, "5.00", "5.00"));
    }

    @Test
    void aRowWithAnotherSumIsALineThatCannotBeRead() {
        DrawnInvoice drawn = firstPage()
                .line("Carried forward", "HK$24.00")
                .nextPage(60)
                .row("COAT", "1", "HK$5.00", "HK$5.00")
                .unpaid("HK$30.00");

        assertThat(drawn.read().lines())
                .hasSize(27)
                .contains(new Invoice.Line("Carried forward", null, null, new BigDecimal("24.00")));
    }

    @Test
    void aSubtotalOnEveryPageLeavesThatOfTheLastOne() {
        DrawnInvoice drawn = DrawnInvoice.numbered("HK-1")
                .row("HAT", "2", "HK$5.00", "HK$10.00")
                .totals("Subtotal:", "HK$10.00")
                .nextPage(60)
                .row("COAT", "1", "HK$5.00", "HK$5.00")
                .unpaid("HK$15.00");

        assertThat(drawn.items()).containsExactly("HAT", "COAT");
        assertThat(drawn.read().amounts().subtotal()).isEqualTo("15.00");
    }

    @Test
    void aNameOfSeveralRowsStaysWholeAtTheFootOfAPage() {
        DrawnInvoice drawn = firstPage()
                .more("with a band of silk, in a box")
                .more("75192")
                .nextPage(60)
                .row("COAT", "1", "HK$5.00", "HK$5.00")
                .unpaid("HK$30.00")
                .onEveryPage(44, 775, "East Star Retail Ltd.");

        assertThat(drawn.items()).contains("HAT 25 with a band of silk, in a box 75192", "COAT");
    }

    @Test
    void aNameGoesOnOnTheNextPageBelowItsHeadings() {
        DrawnInvoice drawn = firstPage()
                .more("WITH A BAND")
                .line("continued on page 2", "")
                .nextPage(120)
                .line("OF SILK", "")
                .more("IN A BOX")
                .row("COAT", "1", "HK$5.00", "HK$5.00")
                .unpaid("HK$30.00")
                .onEveryPage(44, 30, "East Star Retail Ltd.")
                .onEveryPage(290, 775, "Page %d of 2");

        assertThat(drawn.items())
                .hasSize(26)
                .contains("HAT 25 WITH A BAND OF SILK IN A BOX")
                .last()
                .isEqualTo("COAT");
    }

    @Test
    void theLastNameGoesOnOnThePageOfTheTotals() {
        DrawnInvoice drawn = firstPage()
                .nextPage(60)
                .line("WITH A BAND", "")
                .more("OF SILK")
                .unpaid("HK$25.00")
                .onEveryPage(44, 30, "East Star Retail Ltd.")
                .onEveryPage(290, 765, "Page %d of 2");

        assertThat(drawn.items()).hasSize(25).last().isEqualTo("HAT 25 WITH A BAND OF SILK");
    }

    @Test
    void aNameGoesOnOnPagesThatRepeatNoHeadings() {
        DrawnInvoice drawn = firstPage()
                .nextPage()
                .at(80)
                .line("WITH A BAND OF SILK", "")
                .row("COAT", "1", "HK$5.00", "HK$5.00")
                .unpaid("HK$30.00")
                .onEveryPage(44, 40, "East Star Retail Ltd.")
                .onEveryPage(290, 765, "Page %d of 2");

        assertThat(drawn.items()).contains("HAT 25 WITH A BAND OF SILK").last().isEqualTo("COAT");
    }

    @Test
    void aSumBroughtForwardDoesNotPartANameFromItsRest() {
        DrawnInvoice drawn = firstPage()
                .nextPage(60)
                .line("Brought forward", "HK$25.00")
                .line("WITH A BAND OF SILK", "")
                .row("COAT", "1", "HK$5.00", "HK$5.00")
                .unpaid("HK$30.00");

        assertThat(drawn.items())
                .isEqualTo(Stream.concat(
                                hatsAnd().subList(0, 24).stream(), Stream.of("HAT 25 WITH A BAND OF SILK", "COAT"))
                        .toList());
    }

    /** Pages that all end with the same long item end with the same text at the same place. */
    @Test
    void equalNamesAtTheSamePlaceOfEveryPageAreNames() {
        DrawnInvoice drawn = DrawnInvoice.numbered("HK-1");
        for (int page = 1; page <= 4; page++) {
            drawn.at(650);
            for (int i = 0; i < 3; i++) {
                drawn.row("MONTHLY PLAN", "1", "HK$1.00", "HK$1.00").more("with support");
            }
            drawn.nextPage(60);
        }
        drawn.row("COAT", "1", "HK$5.00", "HK$5.00").unpaid("HK$17.00");

        assertThat(drawn.items())
                .hasSize(13)
                .startsWith("MONTHLY PLAN with support")
                .filteredOn("MONTHLY PLAN with support"::equals)
                .hasSize(12);
    }

    @Test
    void itemsThatLookLikeWhatPagesCarryAreItems() {
        List<String> names = List.of(
                "Page 2",
                "3",
                "Continued education",
                "Continued",
                "Carried forward",
                "HAT #3",
                "#4 ENVELOPES",
                "- 1 -",
                "2/2",
                "East Star Retail Ltd.",
                "Item",
                "Notes: a book");
        DrawnInvoice drawn = DrawnInvoice.numbered("HK-1");
        names.forEach(name -> drawn.row(name, "1", "HK$1.00", "HK$1.00"));
        drawn.nextPage(60);
        names.forEach(name -> drawn.row(name, "1", "HK$1.00", "HK$1.00"));
        drawn.unpaid("HK$24.00").onEveryPage(290, 765, "Page %d of 2");

        assertThat(drawn.items())
                .isEqualTo(Stream.concat(names.stream(), names.stream()).toList());
        assertThat(drawn.read().number()).isEqualTo("HK-1");
    }

    @Test
    void anItemWithoutAPriceAtTheFootOfAPageIsNotPassedOver() {
        DrawnInvoice drawn = firstPage()
                .row("SAMPLE", "1", "free", "free")
                .nextPage(60)
                .row("COAT", "1", "HK$5.00", "HK$5.00")
                .unpaid("HK$30.00");

        assertThat(drawn.read().lines()).hasSize(27).contains(new Invoice.Line("SAMPLE", 1, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "Page 1", "Page 1 of 1", "1/1", "- 1 -"})
    void theNumberOfTheOnlyPageIsNoPartOfTheTerms(String text) {
        DrawnInvoice drawn = DrawnInvoice.numbered("HK-1")
                .row("COAT", "1", "HK$5.00", "HK$5.00")
                .unpaid("HK$5.00")
                .terms("Payment is due within 15 days", "Please pay by bank")
                .onPage(1, 300, 530, text);

        assertThat(drawn.read().terms()).isEqualTo("Payment is due within 15 days Please pay by bank");
    }

    @Test
    void aFooterFarBelowTheTermsIsNoPartOfThem() {
        DrawnInvoice drawn = DrawnInvoice.numbered("HK-1")
                .row("COAT", "1", "HK$5.00", "HK$5.00")
                .unpaid("HK$5.00")
                .terms("Payment is due within 15 days")
                .onPage(1, 48, 765, "East Star Retail Ltd., HSBC 123-456789-001");

        assertThat(drawn.read().terms()).isEqualTo("Payment is due within 15 days");
    }

    @Test
    void theLastNameMayHaveAGap() {
        DrawnInvoice drawn = DrawnInvoice.numbered("HK-1")
                .row("COAT", "1", "HK$5.00", "HK$5.00")
                .left(44, 339, "made of silk")
                .left(44, 351, "continued")
                .at(380)
                .unpaid("HK$5.00");

        assertThat(drawn.items()).containsExactly("COAT made of silk continued");
    }

    @Test
    void aTitleThatEveryPageRepeatsIsNotTheSeller() {
        DrawnInvoice drawn = twoPages().onEveryPage(48, 24, "INVOICE");

        assertThat(drawn.read()).isEqualTo(twoPages().read());
    }

    @Test
    void aRunningHeadIsNotTheSellerBelowIt() {
        DrawnInvoice drawn = twoPages().onEveryPage(48, 24, "Your shop since 1984");

        assertThat(drawn.read()).isEqualTo(twoPages().read());
    }

    @Test
    void aSecondInvoiceInTheFileIsSeenThoughItRepeatsTheFirst() {
        DrawnInvoice drawn = DrawnInvoice.numbered("HK-1")
                .row("COAT", "1", "HK$5.00", "HK$5.00")
                .unpaid("HK$5.00");
        drawn.nextPage(290)
                .right(567, 48, "INVOICE")
                .right(567, 67.5f, "# HK-2")
                .row("COAT", "1", "HK$5.00", "HK$5.00")
                .unpaid("HK$5.00");

        assertThat(drawn.problem()).isEqualTo("several invoices in one file");
    }
}
