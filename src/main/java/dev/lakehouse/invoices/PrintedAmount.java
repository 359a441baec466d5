package dev.lakehouse.invoices;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A printed amount, such as {@code HK$3,380.00}, {@code -US$5.00}, {@code (120.00)} or {@code 1.234,00 €}. The
 * {@link Notation} of the whole document defines the meaning of its separators.
 *
 * @param isNegative whether it has a minus before or after it, or parentheses
 * @param currency ISO 4217; empty if none is printed
 * @param digits digits and separators, with plain blanks and straight apostrophes
 */
record PrintedAmount(boolean isNegative, Optional<String> currency, String digits) {
    private static final Pattern BLANK = Pattern.compile("[\\s\\p{Zs}]+");
    private static final Pattern APOSTROPHE = Pattern.compile("[\u2019\u02bc\u00b4`]");
    private static final Pattern MINUS = Pattern.compile("[\u2010-\u2015\u2212\ufe63\uff0d]");
    private static final Pattern DECIMALS = Pattern.compile(".*[.,]\\d{2}");
    private static final Pattern FORM =
            Pattern.compile("(?<before>[^0-9]*)(?<digits>[0-9](?:[0-9.,' ]*[0-9])?)" + "(?<after>[^0-9]*)");
    private static final Pattern MARK = Pattern.compile("[-() ]");
    private static final int LONGEST = 60;

    /** Reads an amount; empty if the text is not an amount or its currency is unknown. */
    static Optional<PrintedAmount> parse(String text) {
        Matcher matcher = FORM.matcher(normalized(text));
        if (text.length() > LONGEST || !matcher.matches()) {
            return Optional.empty();
        }
        String before = matcher.group("before");
        String after = matcher.group("after");
        Optional<Boolean> sign = sign(before, after);
        String signs = currency(before) + currency(after);
        if (sign.isEmpty() || (!currency(before).isEmpty() && !currency(after).isEmpty())) {
            return Optional.empty();
        }
        Optional<String> currency = CurrencySign.code(signs);
        return signs.isEmpty() || currency.isPresent()
                ? Optional.of(new PrintedAmount(sign.get(), currency, matcher.group("digits")))
                : Optional.empty();
    }

    private static String normalized(String text) {
        String blanks = BLANK.matcher(text).replaceAll(" ").strip();
        return MINUS.matcher(APOSTROPHE.matcher(blanks).replaceAll("'")).replaceAll("-");
    }

    private static String currency(String around) {
        return MARK.matcher(around).replaceAll("");
    }

    /** Whether the text around the digits makes them negative; empty if it is inconsistent. */
    private static Optional<Boolean> sign(String before, String after) {
        long minuses = (before + after).chars().filter(c -> c == '-').count();
        long opened = before.chars().filter(c -> c == '(').count();
        long closed = after.chars().filter(c -> c == ')').count();
        boolean isPaired = opened == closed && before.indexOf(')') < 0 && after.indexOf('(') < 0;
        return isPaired && minuses + opened <= 1 ? Optional.of(minuses + opened == 1) : Optional.empty();
    }

    /** Whether it is certainly money and not another number: it has a currency or two decimals. */
    boolean isMoney() {
        return currency.isPresent() || DECIMALS.matcher(digits).matches();
    }

    /** Whether a text is an amount with a currency. */
    static boolean isWithCurrency(String text) {
        return parse(text).flatMap(PrintedAmount::currency).isPresent();
    }

    /** Whether a text is certainly money. */
    static boolean isMoney(String text) {
        return text != null && parse(text).filter(PrintedAmount::isMoney).isPresent();
    }
}
