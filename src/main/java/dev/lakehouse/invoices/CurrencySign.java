package dev.lakehouse.invoices;

import java.util.Currency;
import java.util.Map;
import java.util.Optional;

/** The currencies of printed amounts by sign. */
final class CurrencySign {
    /** Unambiguous signs. A dollar without a country is the US dollar. */
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

    private CurrencySign() {}

    /** The currency of a sign or code; empty if it is unknown. */
    static Optional<String> code(String sign) {
        if (SIGNS.containsKey(sign)) {
            return Optional.of(SIGNS.get(sign));
        }
        return Currency.getAvailableCurrencies().stream()
                .map(Currency::getCurrencyCode)
                .filter(sign::equals)
                .findFirst();
    }
}
