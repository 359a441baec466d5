package dev.lakehouse.sample.orders;

import dev.lakehouse.orders.Industries;
import dev.lakehouse.sample.SeededRandom;
import dev.lakehouse.storage.FileStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The customers of generated orders in {@value #BATCHES} batches, the same for the same seed. Most have one industry,
 * some have two or three, a few have none or one that does not exist. A later batch repeats some customers unchanged,
 * changes the name or the industries of others, and adds new ones. A few rows are repeated within a batch.
 *
 * <p>First industries are assigned round-robin by customer number, so all industries have the same number of customers
 * and orders. Special properties of customers are distributed in the same way.
 */
public final class CustomerGenerator {
    /** The number of batches. */
    public static final int BATCHES = 3;

    private static final List<String> NO_INDUSTRIES = List.of("Astrology", "food", "Oil and Gas", "Plastics");
    private static final String HEADER = "customer_id,company_name,specialized_industries\n";
    private static final int FLUSH = 1 << 16;
    private static final long STREAM = 0x63757374L;
    private static final long REPEATS = 0x72657065L;
    private static final int FIRST_BATCH_PERCENT = 85;
    private static final int REGULAR_PERCENT = 95;

    private final int customers;
    private final long seed;
    private final Naming names;

    private CustomerGenerator(int customers, long seed) {
        this.customers = customers;
        this.seed = seed;
        this.names = Naming.companies(seed, customers);
    }

    /** The number of batches, of all their rows, and of distinct customers. */
    public record Batches(int files, long rows, long customers) {}

    static CustomerGenerator of(OrderPlan plan) {
        return new CustomerGenerator(plan.customers(), plan.seed());
    }

    /** The number of customers before the last batch. */
    int regular() {
        return ending(BATCHES - 1);
    }

    int count() {
        return customers;
    }

    static String id(int number) {
        return String.format(Locale.ROOT, "C%07d", 1 + number);
    }

    /** A customer's first industry in the last batch with this customer; null if there is none. */
    String firstIndustry(int number) {
        for (String industry : industries(number, BATCHES)) {
            if (Industries.ALL.contains(industry)) {
                return industry;
            }
        }
        return null;
    }

    /** Writes {@code customers_001.csv} and so on into a folder. Existing files are replaced. */
    public Batches write(String folder) {
        FileStore files = FileStore.of(folder);
        long[] rows = new long[1];
        for (int batch = 1; batch <= BATCHES; batch++) {
            int number = batch;
            String name = String.format(Locale.ROOT, "customers_%03d.csv", batch);
            files.replace(folder + "/" + name, out -> rows[0] += write(out, number));
        }
        return new Batches(BATCHES, rows[0], customers);
    }

    private long write(OutputStream out, int batch) throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        long rows = 0;
        for (int number = 0; number < ending(batch); number++) {
            if (isIn(batch, number)) {
                String row = row(number, batch);
                int times = SeededRandom.of(SeededRandom.combine(seed, REPEATS + batch), number)
                                        .below(50)
                                == 0
                        ? 2
                        : 1;
                text.append(row.repeat(times));
                rows += times;
            }
            if (text.length() > FLUSH || number == ending(batch) - 1) {
                out.write(text.toString().getBytes(StandardCharsets.UTF_8));
                text.setLength(0);
            }
        }
        return rows;
    }

    private String row(int number, int batch) {
        String name = names.name(number) + (change(number, batch) == Change.NAME ? " International" : "");
        return id(number) + "," + CsvText.field(name) + "," + String.join(";", industries(number, batch)) + "\n";
    }

    /** The first customer number that is not in a batch. Customers are added in the order of their numbers. */
    private int ending(int batch) {
        return switch (batch) {
            case 1 -> (int) ((long) customers * FIRST_BATCH_PERCENT / 100);
            case 2 -> Math.min(customers - 1, (int) ((long) customers * REGULAR_PERCENT / 100));
            default -> customers;
        };
    }

    private boolean isIn(int batch, int number) {
        if (batch == 1 || number >= ending(batch - 1)) {
            return true;
        }
        return changesIn(number) == batch
                || SeededRandom.of(SeededRandom.combine(seed, REPEATS - batch), number)
                                .below(10)
                        == 0;
    }

    private enum Change {
        NONE,
        NAME,
        INDUSTRIES
    }

    /** The change of a customer in a batch, compared with its first batch. */
    private Change change(int number, int batch) {
        int in = changesIn(number);
        if (in == 0 || batch < in) {
            return Change.NONE;
        }
        return number % 2 == 0 ? Change.NAME : Change.INDUSTRIES;
    }

    /** The batch that changes a customer of the first batch; 0 for most. */
    private int changesIn(int number) {
        if (number >= ending(1)) {
            return 0;
        }
        return switch (rank(number) % 25) {
            case 2 -> 2;
            case 4 -> 3;
            default -> 0;
        };
    }

    /**
     * A customer's number within its first industry. It determines the customer's properties, so that all industries
     * have the same distribution.
     */
    private int rank(int number) {
        int first = number % Industries.ALL.size();
        int others = (customers - first + Industries.ALL.size() - 1) / Industries.ALL.size();
        return RoundRobin.place(seed, STREAM + first, number / Industries.ALL.size(), others);
    }

    private List<String> industries(int number, int batch) {
        int rank = rank(number);
        int gap = (int) ((rank + Math.floorMod(seed, 9L)) % 9);
        int first = change(number, batch) == Change.INDUSTRIES ? number + 1 + (gap + 4) % 9 : number;
        int second = first + 1 + gap;
        int third = first + 1 + (gap + 1) % 9;
        if (rank % 30 == 7) {
            return List.of();
        }
        if (rank % 30 == 5) {
            return List.of(NO_INDUSTRIES.get(number % NO_INDUSTRIES.size()), industry(first));
        }
        if (rank % 28 == 15) {
            return List.of(industry(first), industry(second), industry(third));
        }
        if (rank % 28 == 1) {
            return List.of(industry(first), industry(second));
        }
        return List.of(industry(first));
    }

    private static String industry(int number) {
        return Industries.ALL.get(number % Industries.ALL.size());
    }
}
