package dev.lakehouse.invoices;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One interpretation of all amounts of a document: the notations that read them as the same numbers. */
record Reading(List<Notation> notations) {
    private static final int DECIMALS = 2;
    private static final int MOST_NAMED = 3;

    /**
     * All interpretations that the amounts of a document have in common. None if they contradict each other, several if
     * they are ambiguous.
     *
     * @param amounts the printed amounts; those that no notation reads are ignored
     */
    static List<Reading> of(List<PrintedAmount> amounts) {
        List<String> digits = legible(amounts);
        List<Notation> fitting = Notation.ALL.stream()
                .filter(notation ->
                        digits.stream().allMatch(text -> notation.read(text).isPresent()))
                .toList();
        return withoutDecimalsThatTheCurrencyLacks(amounts, digits, fitting).stream()
                .collect(Collectors.groupingBy(
                        notation -> digits.stream()
                                .map(text -> notation.read(text).orElseThrow())
                                .toList(),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values()
                .stream()
                .map(Reading::new)
                .toList();
    }

    private static List<String> legible(List<PrintedAmount> amounts) {
        return amounts.stream()
                .map(PrintedAmount::digits)
                .distinct()
                .filter(text -> Notation.ALL.stream()
                        .anyMatch(notation -> notation.read(text).isPresent()))
                .toList();
    }

    /**
     * A currency such as the yen has no decimals, so ¥1.234 is grouped. This is ignored if decimals are printed
     * nevertheless.
     */
    private static List<Notation> withoutDecimalsThatTheCurrencyLacks(
            List<PrintedAmount> amounts, List<String> digits, List<Notation> fitting) {
        Set<Integer> fractions = amounts.stream()
                .flatMap(amount -> amount.currency().stream())
                .map(code -> Currency.getInstance(code).getDefaultFractionDigits())
                .collect(Collectors.toSet());
        List<Notation> whole = fitting.stream()
                .filter(notation -> digits.stream().allMatch(notation::isWhole))
                .toList();
        return fractions.equals(Set.of(0)) && !whole.isEmpty() ? whole : fitting;
    }

    /** The value of an amount; empty if the notation of the others does not match. */
    Optional<BigDecimal> value(PrintedAmount amount) {
        return notations.get(0).read(amount.digits()).map(value -> amount.isNegative() ? value.negate() : value);
    }

    /** The value of a text; null if it is not a number. */
    BigDecimal value(String text) {
        return Optional.ofNullable(text)
                .flatMap(PrintedAmount::parse)
                .flatMap(this::value)
                .orElse(null);
    }

    /** The whole number of a text; null if it is not one or is ambiguous. */
    Integer quantity(String text) {
        Optional<PrintedAmount> number = Optional.ofNullable(text)
                .flatMap(PrintedAmount::parse)
                .filter(found -> found.currency().isEmpty());
        List<Integer> values = number.stream()
                .flatMap(found -> notations.stream().flatMap(notation -> notation.readWhole(found.digits()).stream()))
                .distinct()
                .toList();
        if (values.size() != 1) {
            return null;
        }
        return number.get().isNegative() ? Integer.valueOf(-values.get(0)) : values.get(0);
    }

    /** An amount with more decimals than a table has. */
    Optional<String> tooExact(List<PrintedAmount> amounts) {
        return amounts.stream()
                .filter(amount ->
                        value(amount).filter(value -> value.scale() > DECIMALS).isPresent())
                .map(PrintedAmount::digits)
                .findFirst();
    }

    /** Why the amounts are ambiguous: none or several of their interpretations add up. */
    static String problem(List<Reading> readings, List<PrintedAmount> amounts) {
        return readings.isEmpty()
                ? "amounts that contradict each other in how they group digits: " + contradiction(amounts)
                : "amounts that can be read in more than one way, such as " + ambiguous(readings, amounts);
    }

    private static String contradiction(List<PrintedAmount> amounts) {
        List<String> digits = legible(amounts);
        for (String one : digits) {
            for (String other : digits) {
                boolean agree = Notation.ALL.stream()
                        .anyMatch(notation -> notation.read(one).isPresent()
                                && notation.read(other).isPresent());
                if (!agree) {
                    return one + " and " + other;
                }
            }
        }
        return String.join(", ", digits.subList(0, Math.min(digits.size(), MOST_NAMED)));
    }

    private static String ambiguous(List<Reading> readings, List<PrintedAmount> amounts) {
        return amounts.stream()
                .filter(amount -> readings.stream()
                                .map(reading -> reading.value(amount))
                                .distinct()
                                .count()
                        > 1)
                .map(PrintedAmount::digits)
                .findFirst()
                .orElse("");
    }
}
