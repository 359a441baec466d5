package dev.lakehouse.sample.spending;

import dev.lakehouse.sample.SeededRandom;
import dev.lakehouse.storage.FileStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongFunction;

/**
 * The two files of spending, the same for the same seed: as many customers as purchases, so some customers have several
 * purchases and some have none. A few ages are missing or implausible, a few purchases have no customer, a few rows are
 * bad.
 */
public final class SpendingGenerator {
    private static final List<String> FIRST =
            List.of("Ada", "Björn", "Chloé", "Dev", "Eun-ji", "Fatima", "Goran", "Hui");
    private static final List<String> LAST =
            List.of("Ngo", "O'Brien", "Petrov", "Quispe", "Rossi", "Silva", "Tanaka", "Umar");
    private static final List<String> PRODUCTS =
            List.of("Camera", "Desktop", "Mouse", "Monitor, 27\"", "Laptop", "Phone", "Speaker", "Tablet");
    private static final long BETWEEN_ODD_ONES = 97;

    private final long seed;
    private final long rows;

    private SpendingGenerator(long seed, long rows) {
        this.seed = seed;
        this.rows = rows;
    }

    /** A generator of a number of customers and the same number of purchases. */
    public static SpendingGenerator of(long seed, long rows) {
        return new SpendingGenerator(seed, rows);
    }

    /** Writes {@code customers.csv} and {@code purchases.csv} into a folder. Existing files are replaced. */
    public void write(String folder) {
        write(folder + "/customers.csv", "customer_id,first_name,last_name,email,age\n", this::customer);
        write(folder + "/purchases.csv", "customer_id,product,price\n", this::purchase);
    }

    private void write(String location, String header, LongFunction<String> row) {
        FileStore.of(location).replace(location, out -> {
            StringBuilder text = new StringBuilder(header);
            for (long number = 1; number <= rows; number++) {
                text.append(row.apply(number)).append('\n');
                if (text.length() > 1 << 16 || number == rows) {
                    flush(text, out);
                }
            }
        });
    }

    private static void flush(StringBuilder text, OutputStream out) throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
    }

    private String customer(long number) {
        SeededRandom random = SeededRandom.of(seed * 31 + number);
        String first = random.choose(FIRST);
        String last = random.choose(LAST);
        String age = String.valueOf(18 + random.nextInt(63));
        if (number % BETWEEN_ODD_ONES == 0) {
            age = random.choose(List.of("", "unknown", "12", "150"));
        }
        if (number % (7 * BETWEEN_ODD_ONES) == 0) {
            return number + "," + first + "," + last;
        }
        return number + "," + first + "," + last + ",customer" + number + "@example.com," + age;
    }

    private String purchase(long number) {
        SeededRandom random = SeededRandom.of(~seed * 31 + number);
        long customer = 1 + random.nextLong(rows + rows / 50 + 1);
        String product = '"' + random.choose(PRODUCTS).replace("\"", "\"\"") + '"';
        String price = String.valueOf(10 + random.nextInt(1_990)) + (random.nextBoolean() ? ".99" : "");
        return customer + "," + product + "," + (number % (5 * BETWEEN_ODD_ONES) == 0 ? "n/a" : price);
    }
}
