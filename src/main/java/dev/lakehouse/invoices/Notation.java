package dev.lakehouse.invoices;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A way to write numbers: the mark before the decimals and the mark between groups of digits. One amount such as
 * {@code 1.234} may fit several; {@link Reading} finds the one that all amounts of a document agree on.
 *
 * <p>Notations with three decimals are known so that {@code 1.234} is seen to have two meanings. A table holds two
 * decimals, so that no amount is accepted by them.
 */
record Notation(Pattern form) {
    // An amount has to fit into DECIMAL(18, 2).
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

    /** Reads digits and their separators; empty where they are not written like this. */
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
