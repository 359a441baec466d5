package dev.lakehouse.sample.orders;

import dev.lakehouse.sample.SeededRandom;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import net.datafaker.Faker;

/**
 * Distinct names from Datafaker, at most a few thousand, because drawing one takes longer than generating many orders.
 * If more are needed, a number is appended.
 */
record Naming(List<String> names) {
    private static final int MOST_DRAWS = 3_000;

    static Naming companies(long seed, int count) {
        return draw(
                SeededRandom.combine(seed, 1), count, faker -> faker.company().name());
    }

    static Naming products(long seed, int count) {
        return draw(
                SeededRandom.combine(seed, 2), count, faker -> faker.commerce().productName());
    }

    private static Naming draw(long seed, int count, Function<Faker, String> name) {
        Faker faker = new Faker(Locale.ENGLISH, SeededRandom.forDatafaker(seed));
        return new Naming(Stream.generate(() -> name.apply(faker))
                .limit(Math.min(count, MOST_DRAWS))
                .distinct()
                .toList());
    }

    String name(int number) {
        String name = names.get(number % names.size());
        return number < names.size() ? name : name + " " + (1 + number / names.size());
    }
}
