package dev.lakehouse.invoices;

import static dev.lakehouse.invoices.Invoices.amounts;
import static dev.lakehouse.invoices.Invoices.line;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An amount is read as the document means it, or not at all. */
class InvoiceAmountsTest {
    private static final String NBSP = "\u00a0";
    private static final String NARROW = "\u202f";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HK$3,380.00|HKD|3380.00",
                "US$0.05|USD|0.05",
                "$7|USD|7.00",
                "CHF 20.00|CHF|20.00",
                "-HK$5.00|HKD|-5.00",
                "€-5.00|EUR|-5.00",
                "- € 5.00|EUR|-5.00",
                "–HK$5.00|HKD|-5.00",
                "−HK$5.00|HKD|-5.00",
                "HK$120.00-|HKD|-120.00",
                "120.00- €|EUR|-120.00",
                "(HK$120.00)|HKD|-120.00",
                "HK$(120.00)|HKD|-120.00",
                "$ (120.00)|USD|-120.00",
                "( 120.00 ) €|EUR|-120.00",
                "¥1,000,000|JPY|1000000.00",
                "1 234,00 EUR|EUR|1234.00",
                "CHF 1’234.00|CHF|1234.00",
                "₹1,23,456.00|INR|123456.00"
            })
    void amountsAreReadWithTheirCurrency(String text, String currency, BigDecimal amount) {
        PrintedAmount printed = PrintedAmount.parse(text).orElseThrow();

        assertThat(printed.currency()).contains(currency);
        assertThat(meanings(printed)).containsExactly(amount);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.00", "(5.00)", "-5.00", "1,234.00"})
    void anAmountMayLeaveTheCurrencyToOthers(String text) {
        assertThat(PrintedAmount.parse(text)).map(PrintedAmount::currency).contains(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HK$",
                "XY$5.00",
                "-(5.00)",
                "(5.00",
                "5.00)",
                ")5.00(",
                "--5.00",
                "-5.00-",
                "€5.00 EUR",
                "5.00 CR",
                "HK$5 HK$6",
                "Page 1",
                "1/2",
                "5%"
            })
    void whatIsNoAmountOfAKnownCurrencyIsNotRead(String text) {
        assertThat(PrintedAmount.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HK$1,00.00",
                "HK$1,2345.00",
                "HK$12345678901234567.00",
                "HK$5.5",
                "HK$1.23456",
                "HK$1,,234.00",
                "HK$1.234.56",
                "HK$1,234,56.00",
                "HK$0,123.00"
            })
    void digitsThatNobodyGroupsSoAreNotRead(String text) {
        assertThat(meanings(PrintedAmount.parse(text).orElseThrow())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"HK$1.234|1.234|1234.00", "HK$1,234|1234.00|1.234", "€12.500|12.500|12500.00"})
    void threeDigitsBehindOneMarkHaveTwoMeanings(String text, BigDecimal one, BigDecimal other) {
        assertThat(meanings(PrintedAmount.parse(text).orElseThrow())).containsExactlyInAnyOrder(one, other);
    }

    private static List<BigDecimal> meanings(PrintedAmount printed) {
        return Reading.of(List.of(printed)).stream()
                .flatMap(reading -> reading.value(printed).stream())
                .toList();
    }

    /** 2 at half of the total, less 120. */
    private static DrawnInvoice of(String price, String total, String discount, String less, String zero) {
        return DrawnInvoice.numbered("HK-1")
                .row("COAT", "2", price, total)
                .totals(
                        "Subtotal:",
                        total,
                        "Discount:",
                        discount,
                        "Total:",
                        less,
                        "Amount Paid:",
                        less,
                        "Balance Due:",
                        zero);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HK$120.00",
                "-HK$120.00",
                "–HK$120.00",
                "−HK$120.00",
                "HK$-120.00",
                "-120.00",
                "–120.00",
                "−120.00",
                "120.00-",
                "HK$120.00-",
                "(120.00)",
                "(HK$120.00)",
                "HK$(120.00)",
                "( HK$ 120.00 )",
                "120"
            })
    void aDiscountIsWhatIsTakenOffHoweverItIsPrinted(String discount) {
        Invoice invoice = of("HK$600.00", "HK$1,200.00", discount, "HK$1,080.00", "HK$0.00")
                .read();

        assertThat(invoice.amounts()).isEqualTo(amounts("1200.00", null, "120.00", "1080.00", "1080.00", "0.00"));
        assertThat(invoice.currency()).isEqualTo("HKD");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"Discount (10%):|10", "Discount (-10%):|10", "Discount (−10 %):|10", "Discount (12,5%):|12.5"})
    void theShareOfADiscountIsReadHoweverItIsPrinted(String label, BigDecimal percent) {
        DrawnInvoice drawn = DrawnInvoice.numbered("HK-1")
                .row("COAT", "1", "HK$100.00", "HK$100.00")
                .totals(
                        "Subtotal:",
                        "HK$100.00",
                        label,
                        "(HK$10.00)",
                        "Total:",
                        "HK$90.00",
                        "Balance Due:",
                        "HK$90.00");

        assertThat(drawn.read().amounts().discountPercent()).isEqualTo(percent);
    }

    @Test
    void aNegativeAmountThatIsNoDiscountStaysNegative() {
        DrawnInvoice drawn = DrawnInvoice.numbered("HK-1")
                .row("COAT", "1", "(HK$5.00)", "-HK$5.00")
                .totals("Subtotal:", "(HK$5.00)", "Total:", "HK$5.00-", "Balance Due:", "−HK$5.00");

        assertThat(drawn.read().lines()).containsExactly(line("COAT", 1, "-5.00", "-5.00"));
        assertThat(drawn.read().amounts()).isEqualTo(amounts("-5.00", null, "0.00", "-5.00", "0.00", "-5.00"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INR 61,728.00|INR 1,23,456.00|INR 120.00|INR 1,23,336.00|INR 0.00",
                "CHF 61'728.00|CHF 123'456.00|CHF 120.00|CHF 123'336.00|CHF 0.00",
                "CHF 61’728.00|CHF 123’456.00|CHF 120.00|CHF 123’336.00|CHF 0.00",
                "61 728,00 €|123 456,00 €|120,00 €|123 336,00 €|0,00 €",
                "61_728,00 €|123_456,00 €|120,00 €|123_336,00 €|0,00 €",
                "61~728,00 €|123~456,00 €|120,00 €|123~336,00 €|0,00 €",
                "61.728,00 €|123.456,00 €|120,00 €|123.336,00 €|0,00 €",
                "€ 61.728|€ 123.456|€ 120|€ 123.336|€ 0,00",
                "HK$61,728|HK$123,456|HK$120|HK$123,336|HK$0.00",
                "HK$61728.00|HK$123456.00|HK$120.00|HK$123336.00|HK$0.00",
                "61,728.00|123,456.00|120.00|123,336.00|HK$0.00",
                // Nothing but the sums says what these mean
                "HK$61,728|HK$123,456|HK$120|HK$123,336|HK$0",
                "€ 61.728|€ 123.456|€ 120|€ 123.336|€ 0",
                "¥61,728|¥123,456|¥120|¥123,336|¥0",
                "¥61.728|¥123.456|¥120|¥123.336|¥0"
            })
    void digitsAreGroupedAsTheDocumentGroupsThem(
            String price, String total, String discount, String less, String zero) {
        Invoice invoice = of(spaced(price), spaced(total), spaced(discount), spaced(less), spaced(zero))
                .read();

        assertThat(invoice.lines()).containsExactly(line("COAT", 2, "61728.00", "123456.00"));
        assertThat(invoice.amounts()).isEqualTo(amounts("123456.00", null, "120.00", "123336.00", "123336.00", "0.00"));
    }

    private static String spaced(String text) {
        return text.replace("_", NBSP).replace("~", NARROW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "€ 1.234,00|€ 1,234.00|1.234,00 and 1,234.00",
                "€ 1.234|€ 1234.00|1.234 and 1234.00",
                "€ 1'234.00|€ 1,234.00|1'234.00 and 1,234.00",
                "INR 1,23,456.00|INR 123,456.00|1,23,456.00 and 123,456.00",
                "€ 1 234,00|€ 1.234,00|1 234,00 and 1.234,00"
            })
    void amountsThatContradictEachOtherAreNotRead(String price, String total, String named) {
        DrawnInvoice drawn =
                DrawnInvoice.numbered("HK-1").row("COAT", "1", price, price).unpaid(total);

        assertThat(drawn.problem()).isEqualTo("amounts that contradict each other in how they group digits: " + named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"€ 1.234", "HK$1,234", "12.500 €"})
    void amountsThatCanMeanSeveralThingsAreNotRead(String amount) {
        DrawnInvoice drawn =
                DrawnInvoice.numbered("HK-1").row("COAT", "1", amount, amount).unpaid(amount);

        assertThat(drawn.problem())
                .isEqualTo(
                        "amounts that can be read in more than one way, such as " + amount.replaceAll("[^0-9.,]", ""));
    }

    @Test
    void anAmountOfAYenHasNoDecimalsAndIsGrouped() {
        DrawnInvoice drawn = DrawnInvoice.numbered("HK-1")
                .row("COAT", "1", "¥1,234", "¥1,234")
                .unpaid("¥1,234");

        assertThat(drawn.read().amounts().total()).isEqualTo("1234.00");
    }

    @Test
    void anAmountWithThreeDecimalsIsNamed() {
        DrawnInvoice drawn = DrawnInvoice.numbered("HK-1")
                .row("COAT", "1", "KWD 0.250", "KWD 0.250")
                .unpaid("KWD 0.250");

        assertThat(drawn.problem()).isEqualTo("an amount with three decimals: 0.250");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,000|HK$0.50|HK$500.00|1000",
                "1.000|€ 0,50|€ 500,00|1000",
                "1 000|€ 0,50|€ 500,00|1000",
                "1'000|CHF 0.50|CHF 500.00|1000",
                "1,00,000|INR 0.50|INR 50,000.00|100000",
                "1,000|€ 0,50|€ 0,50|",
                "1.000|HK$0.50|HK$0.50|",
                "2.5|HK$1.00|HK$2.50|"
            })
    void aQuantityIsGroupedAsTheAmountsAre(String quantity, String price, String amount, Integer read) {
        DrawnInvoice drawn = DrawnInvoice.numbered("HK-1")
                .row("COAT", quantity, price, amount)
                .unpaid(amount);

        assertThat(drawn.read().lines()).extracting(Invoice.Line::quantity).containsExactly(read);
    }

    @Test
    void anInvoiceWithoutAnyCurrencyHasNone() {
        DrawnInvoice drawn =
                DrawnInvoice.numbered("HK-1").row("COAT", "1", "5.00", "5.00").unpaid("5.00");

        assertThat(drawn.read().currency()).isNull();
    }

    @Test
    void anAmountBesideThoseThatAreKnownIsNamedWithoutACurrencyToo() {
        DrawnInvoice drawn = DrawnInvoice.numbered("HK-1")
                .row("COAT", "1", "HK$5.00", "HK$5.00")
                .totals("Subtotal:", "HK$5.00", "Tax:", "0.25", "Total:", "HK$5.00", "Balance Due:", "HK$5.00");

        assertThat(drawn.problem()).isEqualTo("an amount that is not known to invoices here: Tax");
    }
}
