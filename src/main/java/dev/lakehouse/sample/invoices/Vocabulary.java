package dev.lakehouse.sample.invoices;

import dev.lakehouse.sample.SeededRandom;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.datafaker.Faker;

/**
 * The values of generated invoices, drawn once from Datafaker: names, streets, cities and items. The same on every
 * machine.
 *
 * @param prices in cents of Hong Kong dollars, one per item
 */
record Vocabulary(
        List<String> names, List<String> streets, List<String> cities, List<String> items, List<Integer> prices) {
    private static final int DRAWS = 800;
    private static final int ITEMS = 400;
    private static final long SEED = 20_240_101;
    private static final int LONG_NAME_EVERY = 25;

    static Vocabulary draw() {
        Random random = SeededRandom.forDatafaker(SEED);
        Faker faker = new Faker(Locale.UK, random);
        List<String> drawn = draws(ITEMS, () -> faker.commerce().productName().toUpperCase(Locale.ROOT));
        List<String> items = IntStream.range(0, drawn.size())
                .mapToObj(i -> i % LONG_NAME_EVERY == 0 ? longName(drawn.get(i), faker) : drawn.get(i))
                .toList();
        return new Vocabulary(
                draws(DRAWS, () -> faker.name().firstName() + " " + faker.name().lastName()),
                draws(DRAWS, () -> faker.address().streetAddress()),
                draws(DRAWS / 10, () -> faker.address().city()),
                items,
                items.stream().map(item -> price(random)).toList());
    }

    private static List<String> draws(int count, Supplier<String> source) {
        return Stream.generate(source).limit(count).distinct().toList();
    }

    /** A name that is longer than a line of an invoice. */
    private static String longName(String item, Faker faker) {
        return item + " IN " + faker.color().name().toUpperCase(Locale.ROOT)
                + ", WITH A CASE OF THE SAME COLOUR TO KEEP IT IN, AS A GIFT";
    }

    /** A price in multiples of ten cents. Most prices are low, a few are high. */
    private static int price(Random random) {
        return 500 + 10 * (random.nextInt(300) * random.nextInt(300));
    }
}
