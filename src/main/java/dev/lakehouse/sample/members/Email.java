package dev.lakehouse.sample.members;

import dev.lakehouse.sample.SeededRandom;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/** E-mail addresses at domains that are reserved for examples (RFC 2606), so none belongs to a real person. */
final class Email {
    private static final List<String> DOMAINS = List.of("@example.com", "@example.net", "@example.org");

    private Email() {}

    /**
     * An address for a name.
     *
     * @param first the first name in the form of {@link #mailbox}
     * @param last the last name in the same form
     */
    static String of(String first, String last, SeededRandom random) {
        int number = 1 + random.below(9_999);
        String mailbox =
                switch (random.below(4)) {
                    case 0 -> first + "." + last;
                    case 1 -> first + "." + last + number;
                    case 2 -> first + "_" + number;
                    default -> first.charAt(0) + last + number;
                };
        return mailbox + random.pick(DOMAINS);
    }

    /** A name in the letters a to z, without accents. A name in another script is replaced by a word. */
    static String mailbox(String name) {
        String plain = Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
                .replace("ß", "ss")
                .replace("ł", "l")
                .replace("ø", "o")
                .replaceAll("[^a-z]", "");
        return plain.isEmpty() ? "member" : plain;
    }
}
