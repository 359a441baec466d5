package dev.lakehouse.invoices;

import dev.lakehouse.invoices.Invoice.Party;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Addresses as documents print them: a name, then street lines, then the city; a unit ({@code #05-12}) is no city. */
final class Address {
    private static final Pattern CAPITALS_AT_END =
            Pattern.compile("(.*?\\p{Ll}.*?)[ ,]+(\\p{Lu}{2,}(?: \\p{Lu}{2,})*)");

    private static final Pattern UNIT = Pattern.compile("#\\s*\\S+");

    private Address() {}

    /** Reads the lines; the city is the last one, or what stands in capitals at the end of the only one. */
    static Party party(List<String> lines) {
        if (lines.isEmpty()) {
            return Party.NOBODY;
        }
        String name = lines.get(0);
        String last = lines.get(lines.size() - 1);
        if (lines.size() > 1 && UNIT.matcher(last).matches()) {
            return new Party(name, String.join(", ", lines.subList(1, lines.size())), null);
        }
        if (lines.size() > 2) {
            return new Party(name, String.join(", ", lines.subList(1, lines.size() - 1)), city(last));
        }
        if (lines.size() == 1) {
            return new Party(name, null, null);
        }
        Matcher capitals = CAPITALS_AT_END.matcher(last);
        return capitals.matches()
                ? new Party(name, capitals.group(1), city(capitals.group(2)))
                : new Party(name, last, null);
    }

    /** A city in capitals is written as a name, so that it is the same city as elsewhere. */
    private static String city(String text) {
        return text.matches("[\\p{Lu} ]+")
                ? Stream.of(text.strip().split(" +", -1))
                        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" "))
                : text;
    }
}
