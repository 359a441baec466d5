package dev.lakehouse.invoices;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount as documents print it, such as {@code HK$3,380.00}, {@code -US$5.00} or {@code CHF 20.00}: a currency, then
 * digits in groups of three by commas, with two decimals or none.
 *
 * @param currency ISO 4217
 */
record Money(String currency, BigDecimal amount) {
    private static final Pattern FORM =
            Pattern.compile("(?<minus>[-\u2212]?)\\s*(?<currency>[^\\d\\s,.\u2212-]{1,4})\\s*(?<minus2>[-\u2212]?)"
                    + "(?<whole>\\d{1,3}(,\\d{3})+|\\d+)(?<decimals>\\.\\d{2})?");
    // An amount has to fit into DECIMAL(18, 2).
    private static final int MOST_DIGITS = 16;

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

    /** Reads an amount; empty where the text is none, or its currency is not known. */
    static Optional<Money> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String digits = matcher.group("whole").replace(",", "");
        boolean twoSigns =
                !matcher.group("minus").isEmpty() && !matcher.group("minus2").isEmpty();
        if (digits.length() > MOST_DIGITS || twoSigns) {
            return Optional.empty();
        }
        String decimals = matcher.group("decimals") == null ? ".00" : matcher.group("decimals");
        BigDecimal amount = new BigDecimal(digits + decimals);
        boolean negative = !(matcher.group("minus") + matcher.group("minus2")).isEmpty();
        return code(matcher.group("currency"))
                .map(currency -> new Money(currency, negative ? amount.negate() : amount));
    }

    private static Optional<String> code(String sign) {
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
