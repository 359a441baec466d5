package dev.lakehouse.invoices;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.datafaker.Faker;

/**
 * What generated invoices are made of, drawn once from Datafaker: names, streets, cities, and what the shop sells. The
 * same on every machine.
 *
 * @param prices in cents of Hong Kong dollars, one for each item
 */
record Vocabulary(String[] names, String[] streets, String[] cities, String[] items, int[] prices) {
    private static final int DRAWS = 800;
    private static final int ITEMS = 400;
    private static final long SEED = 20_240_101;
    private static final int LONG_NAME_EVERY = 25;

    static Vocabulary draw() {
        Random random = new Random(SEED);
        Faker faker = new Faker(Locale.UK, random);
        String[] items = draws(ITEMS, () -> faker.commerce().productName().toUpperCase(Locale.ROOT));
        for (int i = LONG_NAME_EVERY; i < items.length; i += LONG_NAME_EVERY) {
            items[i] += " IN " + faker.color().name().toUpperCase(Locale.ROOT) + ", WITH " + items[i - 1]
                    + " AND A BOX TO KEEP BOTH IN, AS A GIFT";
        }
        return new Vocabulary(
                draws(DRAWS, () -> faker.name().firstName() + " " + faker.name().lastName()),
                draws(DRAWS, () -> faker.address().streetAddress()),
                draws(DRAWS / 10, () -> faker.address().city()),
                items,
                Arrays.stream(items).mapToInt(item -> price(random)).toArray());
    }

    private static String[] draws(int count, Supplier<String> source) {
        return Stream.generate(source).limit(count).distinct().toArray(String[]::new);
    }

    /** Many cheap things and a few dear ones, in whole tens of cents. */
    private static int price(Random random) {
        return 500 + 10 * (random.nextInt(300) * random.nextInt(300));
    }
}
