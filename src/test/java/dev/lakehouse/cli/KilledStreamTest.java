package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.cli.Launcher.Ended;
import dev.lakehouse.cli.Launcher.Running;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two million orders, some delivered again and some messages that are none, and five kills on the way. The system property
 * {@code lakehouse.orders.rows} asks for another number.
 */
@Tag("heavy")
final class KilledStreamTest {
    private static final int DAYS = 31;
    private static final long PER_DAY = Long.getLong("lakehouse.orders.rows", 2_000_000) / DAYS;
    private static final int KILLS = 5;
    private static final Pattern REFUSED = Pattern.compile("([0-9,]+) are not orders");

    @TempDir
    Path directory;

    @Test
    void everyOrderHasOneRowAndWhatFollowsFromThemIsRight() throws Exception {
        Launcher lakehouse = Launcher.forMuchWorkIn(directory);
        Ended generated = lakehouse.run(
                "--servers",
                "embedded",
                "generate",
                "orders",
                "--per-day",
                Long.toString(PER_DAY),
                "--duplicates",
                "3%",
                "--malformed",
                "1%");
        Matcher refused = REFUSED.matcher(generated.out());
        assertThat(refused.find()).as(generated.out()).isTrue();
        String malformed = refused.group(1).replace(",", "");
        for (int i = 1; i <= KILLS; i++) {
            Running running = lakehouse.start("--heap", "2g", "run", "orders");
            running.await("\n-- stream\n");
            // Into one step and another, wherever these are on this machine.
            Thread.sleep(4_000 + 9_000L * i);
            running.kill();
        }

        long start = System.nanoTime();
        Ended run = lakehouse.run("--heap", "2g", "run", "orders");

        System.out.printf(Locale.ROOT, "%s%s%.0f s%n", generated.out(), run.out(), (System.nanoTime() - start) / 1e9);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(rows(lakehouse, "SELECT count(*), count(DISTINCT order_id) FROM orders.orders"))
                .isEqualTo(PER_DAY * DAYS + "," + PER_DAY * DAYS);
        assertThat(rows(
                        lakehouse,
                        "SELECT count(*), count(DISTINCT _partition, _offset) FROM orders.orders_quarantine"
                                + " WHERE _topic IS NOT NULL"))
                .isEqualTo(malformed + "," + malformed);
        assertThat(rows(lakehouse, """
                        SELECT count(*) FROM (
                          SELECT customer_id, date_trunc('HOUR', timestamp) AS hour, sum(amount) AS amount, count(*) AS orders
                          FROM orders.orders GROUP BY 1, 2) AS counted
                        FULL JOIN orders.customer_hourly AS kept USING (customer_id, hour)
                        WHERE NOT (counted.amount <=> kept.amount AND counted.orders <=> kept.order_count)""")).isEqualTo("0");
        assertThat(rows(lakehouse, """
                        SELECT count(*) FROM (
                          SELECT order_id, pos + 1 AS line_number, col.product_id, col.volume, col.price
                          FROM (SELECT order_id, posexplode(order_lines) FROM orders.orders)) AS exploded
                        FULL JOIN orders.order_lines AS kept USING (order_id, line_number)
                        WHERE NOT (exploded.product_id <=> kept.product_id AND exploded.volume <=> kept.volume
                          AND exploded.price <=> kept.price)""")).isEqualTo("0");
    }

    private static String rows(Launcher lakehouse, String query) throws Exception {
        Ended answer = lakehouse.run("sql", "--format", "csv", query);
        assertThat(answer.status()).as(answer.err()).isZero();
        return answer.out().lines().skip(1).findFirst().orElse("");
    }
}
