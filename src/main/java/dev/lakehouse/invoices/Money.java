package dev.lakehouse.invoices;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An amount of a currency. {@link PrintedAmount} reads one from a document.
 *
 * @param currency ISO 4217
 */
record Money(String currency, BigDecimal amount) {
    /** The signs that say one currency; a dollar without a country is the one of the United States. */
    private static final Map<String, String> SIGNS = Map.ofEntries(
            Map.entry("HK$", "HKD"),
            Map.entry("$", "USD"),
            Map.entry("US$", "USD"),
            Map.entry("S$", "SGD"),
            Map.entry("A$", "AUD"),
            Map.entry("C$", "CAD"),
            Map.entry("CA$", "CAD"),
            Map.entry("NZ$", "NZD"),
            Map.entry("NT$", "TWD"),
            Map.entry("R$", "BRL"),
            Map.entry("€", "EUR"),
            Map.entry("£", "GBP"),
            Map.entry("¥", "JPY"),
            Map.entry("CN¥", "CNY"),
            Map.entry("₹", "INR"),
            Map.entry("₩", "KRW"));

    private static final Map<String, String> PRINTED = Map.of("HKD", "HK$", "USD", "US$", "SGD", "S$", "EUR", "€");

    /** The currency that a sign or code names; empty where it is not known. */
    static Optional<String> code(String sign) {
        if (SIGNS.containsKey(sign)) {
            return Optional.of(SIGNS.get(sign));
        }
        return Currency.getAvailableCurrencies().stream()
                .map(Currency::getCurrencyCode)
                .filter(sign::equals)
                .findFirst();
    }

    /** As documents print it. */
    String printed() {
        DecimalFormat format = new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.ROOT));
        return (amount.signum() < 0 ? "-" : "")
                + PRINTED.getOrDefault(currency, currency + " ")
                + format.format(amount.abs());
    }
}
