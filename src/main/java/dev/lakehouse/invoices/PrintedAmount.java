package dev.lakehouse.invoices;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount as a document prints it, such as {@code HK$3,380.00}, {@code -US$5.00}, {@code (120.00)} or
 * {@code 1.234,00 €}. What its separators mean is left to the {@link Notation} of the whole document.
 *
 * @param isNegative whether it has a minus, before or after, or stands in parentheses
 * @param currency ISO 4217; empty where none is printed
 * @param digits digits and separators; every blank is a plain one, every apostrophe a straight one
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

    /** Reads an amount; empty where the text is none, or its currency is not known. */
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

    /** Whether what stands around the digits makes them negative; empty where it does not fit together. */
    private static Optional<Boolean> sign(String before, String after) {
        long minuses = (before + after).chars().filter(c -> c == '-').count();
        long opened = before.chars().filter(c -> c == '(').count();
        long closed = after.chars().filter(c -> c == ')').count();
        boolean isPaired = opened == closed && before.indexOf(')') < 0 && after.indexOf('(') < 0;
        return isPaired && minuses + opened <= 1 ? Optional.of(minuses + opened == 1) : Optional.empty();
    }

    /** Whether it is plainly money, and not any number: it has a currency or two decimals. */
    boolean isMoney() {
        return currency.isPresent() || DECIMALS.matcher(digits).matches();
    }

    /** Whether a text is an amount with a currency of its own. */
    static boolean isWithCurrency(String text) {
        return parse(text).flatMap(PrintedAmount::currency).isPresent();
    }

    /** Whether a text is plainly money. */
    static boolean isMoney(String text) {
        return text != null && parse(text).filter(PrintedAmount::isMoney).isPresent();
    }
}
