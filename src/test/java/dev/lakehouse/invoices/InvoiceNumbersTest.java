package dev.lakehouse.invoices;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The number of an invoice is the one at its title; a # anywhere else is text (as in openvenues/libpostal#671). */
class InvoiceNumbersTest {

    private static DrawnInvoice with(DrawnInvoice drawn) {
        return drawn.row("HAT #3", "1", "HK$5.00", "HK$5.00")
                .row("#10 ENVELOPES", "1", "HK$5.00", "HK$5.00")
                .more("#4 SIZE")
                .unpaid("HK$10.00")
                .terms("Pay to account", "# 123-456");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "#05-12 Orchard Towers|Singapore 238875|#05-12 Orchard Towers",
                "12 Court Square|Apt #4|12 Court Square, Apt #4",
                "12 Court Square|# 12|12 Court Square, # 12",
                "#4|12 Court Square|#4, 12 Court Square",
                "Unit # 05-12|#1 Raffles Place|Unit # 05-12, #1 Raffles Place"
            })
    void aUnitInAnAddressStaysInTheAddress(String first, String second, String address) {
        boolean isCityLast = second.startsWith("Singapore");
        DrawnInvoice drawn = with(DrawnInvoice.numbered("SG-1"));
        Invoice invoice = (isCityLast
                        ? drawn.billedTo("Mei Tan", first, second)
                        : drawn.billedTo("Mei Tan", first, second, "Singapore"))
                .read();

        assertThat(invoice.number()).isEqualTo("SG-1");
        assertThat(invoice.billTo().name()).isEqualTo("Mei Tan");
        assertThat(invoice.billTo().address()).isEqualTo(address);
        assertThat(invoice.billTo().city()).startsWith("Singapore");
        assertThat(invoice.terms()).isEqualTo("Pay to account # 123-456");
        assertThat(invoice.lines()).extracting(Invoice.Line::item).containsExactly("HAT #3", "#10 ENVELOPES #4 SIZE");
    }

    @Test
    void aUnitAtTheEndOfAnAddressIsNoCity() {
        assertThat(with(DrawnInvoice.numbered("SG-1"))
                        .billedTo("Mei Tan", "12 Court Square", "#05-12")
                        .read()
                        .billTo())
                .isEqualTo(new Invoice.Party("Mei Tan", "12 Court Square, #05-12", null));
    }

    @Test
    void aUnitOfTheSellerIsNoNumber() {
        Invoice invoice = with(DrawnInvoice.withoutNumber()
                        .right(567, 67.5f, "# SG-1")
                        .left(48, 174, "#05-12"))
                .read();

        assertThat(invoice.number()).isEqualTo("SG-1");
        assertThat(invoice.seller().address()).contains("153 Harvest Lane").contains("#05-12");
    }

    @Test
    void withoutANumberAUnitIsNone() {
        assertThat(with(DrawnInvoice.withoutNumber())
                        .billedTo("Mei Tan", "#05-12 Orchard Towers", "Singapore")
                        .read()
                        .number())
                .isNull();
        assertThat(with(DrawnInvoice.numbered(""))
                        .billedTo("Mei Tan", "#05-12 Orchard Towers", "Singapore")
                        .read()
                        .number())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"600,50", "400,48", "500,75", "300,110"})
    void theNumberIsBesideTheTitleOrBelowItOrApartFromEverything(float x, float y) {
        assertThat(with(DrawnInvoice.withoutNumber().left(x - 30, y, "# SG-1"))
                        .billedTo("Mei Tan", "#05-12 Orchard Towers", "Singapore")
                        .read()
                        .number())
                .isEqualTo("SG-1");
    }

    @Test
    void theSameNumberOnEveryPageIsOneInvoice() {
        DrawnInvoice drawn = DrawnInvoice.numbered("SG-1")
                .filled("HAT")
                .nextPage(120)
                .right(567, 48, "INVOICE")
                .right(567, 67.5f, "# SG-1")
                .row("COAT", "1", "HK$5.00", "HK$5.00")
                .unpaid("HK$30.00");

        assertThat(drawn.read().number()).isEqualTo("SG-1");
    }
}
