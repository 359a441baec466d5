package dev.lakehouse.sample.orders;

import dev.lakehouse.sample.SeededRandom;
import dev.lakehouse.storage.FileStore;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** The products of generated orders, the same for the same seed. */
public final class ProductGenerator {
    static final int COUNT = 60;
    static final int TENTHS = 10;

    private static final long STREAM = 0x70726F64L;
    private static final List<String> UNITS = List.of("kg", "l", "m", "piece", "piece", "box");
    private static final int LOWEST_PRICE = 800;
    private static final int HIGHEST_PRICE = 1_600;

    private final List<Product> products;

    private ProductGenerator(List<Product> products) {
        this.products = products;
    }

    /**
     * A product.
     *
     * @param cents the price of one unit; a multiple of ten for a unit that is sold in tenths, so that the price of
     *     every line is in whole cents
     */
    record Product(String id, String name, String unit, int cents) {
        boolean isDivisible() {
            return unit.length() <= 2;
        }

        BigDecimal price() {
            return BigDecimal.valueOf(cents, 2);
        }
    }

    /** The products of a seed. */
    public static ProductGenerator of(long seed) {
        Naming names = Naming.products(seed, COUNT);
        return new ProductGenerator(IntStream.range(0, COUNT)
                .mapToObj(number -> product(number, names, SeededRandom.of(seed ^ STREAM, number)))
                .toList());
    }

    private static Product product(int number, Naming names, SeededRandom random) {
        String unit = random.pick(UNITS);
        int cents = LOWEST_PRICE + random.below(HIGHEST_PRICE - LOWEST_PRICE);
        boolean divisible = unit.length() <= 2;
        return new Product(
                "P" + (1_001 + number), names.name(number), unit, divisible ? cents - cents % TENTHS : cents);
    }

    List<Product> products() {
        return products;
    }

    /**
     * Writes a CSV file {@code product_id,product_name,unit,price}. An existing file is replaced.
     *
     * @return the number of products
     */
    public int write(String location) {
        StringBuilder text = new StringBuilder("product_id,product_name,unit,price\n");
        for (Product product : products) {
            text.append(product.id()).append(',').append(CsvText.field(product.name()));
            text.append(',').append(product.unit()).append(',').append(product.price());
            text.append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        FileStore.of(location).replace(location, out -> out.write(bytes));
        return products.size();
    }
}
