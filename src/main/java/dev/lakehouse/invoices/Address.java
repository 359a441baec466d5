package dev.lakehouse.invoices;

import dev.lakehouse.invoices.Invoice.Party;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Parses printed addresses: a name, then street lines, then the city. A unit such as {@code #05-12} is not a city. */
final class Address {
    private static final Pattern CAPITALS_AT_END =
            Pattern.compile("(.*?\\p{Ll}.*?)[ ,]+(\\p{Lu}{2,}(?: \\p{Lu}{2,})*)");

    private static final Pattern UNIT = Pattern.compile("#\\s*\\S+");

    private Address() {}

    /** Parses the lines. The city is the last line or, if there is one line, the words in capitals at its end. */
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

    /** Converts a city in capitals to a capitalised name, so that it equals the same city in other documents. */
    private static String city(String text) {
        return text.matches("[\\p{Lu} ]+")
                ? Stream.of(text.strip().split(" +", -1))
                        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" "))
                : text;
    }
}
