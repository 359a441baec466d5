package dev.lakehouse.sample.members;

import dev.lakehouse.sample.SeededRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.datafaker.Faker;

/**
 * Names, addresses and telephone numbers of one country, drawn once from Datafaker, because drawing them for every
 * member would take most of the time of filling a table.
 *
 * @param addresses street addresses with {@code #} for each digit
 * @param phones telephone numbers with {@code #} for each digit after the area code
 */
record Region(
        String country,
        List<Name> firstNames,
        List<Name> lastNames,
        List<String> cities,
        List<String> addresses,
        List<String> phones) {
    private static final int DRAWS = 600;
    private static final int AREA_CODE_DIGITS = 4;

    private static final List<Region> BY_SHARE = byShare();

    /** A name and its form in an e-mail address. */
    record Name(String text, String mailbox) {
        static Name of(String text) {
            return new Name(text, Email.mailbox(text));
        }
    }

    /** A random region. Large ones are more frequent. */
    static Region pick(SeededRandom random) {
        return random.pick(BY_SHARE);
    }

    private static List<Region> byShare() {
        List<Region> regions = new ArrayList<>();
        regions.addAll(Collections.nCopies(6, draw("United States", "en-US")));
        regions.addAll(Collections.nCopies(3, draw("Germany", "de")));
        regions.addAll(Collections.nCopies(2, draw("United Kingdom", "en-GB")));
        regions.addAll(Collections.nCopies(2, draw("France", "fr")));
        regions.addAll(Collections.nCopies(2, draw("Spain", "es")));
        regions.addAll(Collections.nCopies(2, draw("Brazil", "pt-BR")));
        regions.addAll(Collections.nCopies(2, draw("India", "en-IN")));
        regions.add(draw("Netherlands", "nl"));
        regions.add(draw("Poland", "pl"));
        regions.add(draw("Sweden", "sv"));
        regions.add(draw("Ukraine", "uk"));
        return List.copyOf(regions);
    }

    private static Region draw(String country, String locale) {
        Faker faker = new Faker(Locale.forLanguageTag(locale), SeededRandom.forDatafaker(locale.hashCode()));
        return new Region(
                country,
                draws(() -> faker.name().firstName()).map(Name::of).toList(),
                draws(() -> faker.name().lastName()).map(Name::of).toList(),
                draws(() -> faker.address().city()).toList(),
                draws(() -> faker.address().streetAddress())
                        .map(text -> DigitTemplate.of(text, 0))
                        .toList(),
                draws(() -> faker.phoneNumber().phoneNumber())
                        .map(text -> DigitTemplate.of(text, AREA_CODE_DIGITS))
                        .toList());
    }

    private static Stream<String> draws(Supplier<String> source) {
        return Stream.generate(source).limit(DRAWS).distinct();
    }
}
