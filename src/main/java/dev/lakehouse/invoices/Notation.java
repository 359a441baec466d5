package dev.lakehouse.invoices;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A notation of numbers: the decimal separator and the grouping separator. An amount such as {@code 1.234} may match
 * several notations; {@link Reading} finds the one that all amounts of a document match.
 *
 * <p>Notations with three decimals exist only to detect that {@code 1.234} is ambiguous. Tables have two decimals, so
 * such amounts are not accepted.
 */
record Notation(Pattern form) {
    // An amount must fit into DECIMAL(18, 2).
    private static final int MOST_DIGITS = 16;
    private static final int MOST_DIGITS_OF_QUANTITY = 9;
    private static final String THREES = "[1-9]\\d{0,2}(?:%1$s\\d{3})+";
    /** The last three digits, then groups of two: 1,23,456. */
    private static final String INDIAN = "[1-9]\\d?(?:,\\d{2})*,\\d{3}";

    static final List<Notation> ALL = all();

    private static List<Notation> all() {
        List<Notation> all = new ArrayList<>();
        for (int decimals : new int[] {2, 3}) {
            all.add(of(".", INDIAN, decimals));
            for (String group : List.of(",", "'", " ")) {
                all.add(of(".", THREES.formatted(group), decimals));
            }
            for (String group : List.of("\\.", "'", " ")) {
                all.add(of(",", THREES.formatted(group), decimals));
            }
        }
        return List.copyOf(all);
    }

    private static Notation of(String decimal, String grouped, int decimals) {
        String form = "(?<whole>" + grouped + "|\\d+)(?:[" + decimal + "](?<decimals>\\d{" + decimals + "}))?";
        return new Notation(Pattern.compile(form));
    }

    /** Reads digits and separators; empty if they do not match this notation. */
    Optional<BigDecimal> read(String digits) {
        Matcher matcher = form.matcher(digits);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String whole = matcher.group("whole").replaceAll("\\D", "");
        if (whole.length() > MOST_DIGITS) {
            return Optional.empty();
        }
        String decimals = matcher.group("decimals");
        return Optional.of(new BigDecimal(whole + "." + (decimals == null ? "00" : decimals)));
    }

    /** Whether these digits have no decimals in this notation. */
    boolean isWhole(String digits) {
        Matcher matcher = form.matcher(digits);
        return matcher.matches() && matcher.group("decimals") == null;
    }

    /** Reads a whole number, which has no decimals. */
    Optional<Integer> readWhole(String digits) {
        return Stream.of(digits)
                .filter(this::isWhole)
                .map(whole -> whole.replaceAll("\\D", ""))
                .filter(whole -> whole.length() <= MOST_DIGITS_OF_QUANTITY)
                .map(Integer::valueOf)
                .findFirst();
    }
}
