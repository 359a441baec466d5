package dev.lakehouse.orders;

import static dev.lakehouse.orders.OrderStream.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.task.FailPoint;
import dev.lakehouse.task.TaskContexts;
import dev.lakehouse.testing.TestLakehouse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What messages do to the tables when others write to them too. */
@Tag("e2e")
class OrderBatchTest {
    private static final String SIX = "2026-01-31T06:10:00Z";

    @TempDir
    Path scratch;

    private OrderStream tables;
    private OrderBatch batch;

    @BeforeEach
    void lakehouse() {
        tables = new OrderStream(TestLakehouse.fresh(), "orders", scratch);
        batch = new OrderBatch(TaskContexts.of(tables.lakehouse()), scratch.toString());
    }

    /** Maintenance in between must not make two loads of the same state look like loads of two. */
    @Test
    void linesAndHoursThatGoComeBackAlsoWhereAnotherStreamWritesTheSameMeanwhile() {
        batch.bring(
                messages(0, order(1, "c1", SIX, "10.00"), order(3, "c2", SIX, "5.00"), order(2, "c1", SIX, "1.00")));
        batch.bring(messages(3, order(1, "c1", SIX, "10.00", new String[0]), order(3, "c3", SIX, "5.00")));
        assertThat(tables.lines()).containsExactly("2|1|1|1.00", "3|1|1|5.00");
        assertThat(tables.hours()).containsExactly("c1|01-31 06|11.00|2", "c3|01-31 06|5.00|1");
        TestLakehouse.session().sql("DELETE FROM orders.orders");
        batch.follow();
        assertThat(tables.lines()).isEmpty();
        assertThat(tables.hours()).isEmpty();

        Dataset<Row> more = messages(5, order(2, "c1", SIX, "7.00"), order(1, "c1", SIX, "10.00"), "nonsense");
        FailPoint.once("StreamOrders.planned", () -> {
            for (String table : List.of("orders", "order_lines", "customer_hourly")) {
                TestLakehouse.session()
                        .sql("ALTER TABLE orders." + table + " SET TBLPROPERTIES ('delta.logRetentionDuration' ="
                                + " 'interval 31 days')");
            }
            batch.bring(more);
        });

        OrderCounts counts = batch.bring(more);

        assertThat(counts).isEqualTo(new OrderCounts(3, 0, 0, 1, 0));
        assertThat(tables.orders()).containsExactly("1|c1|01-31 06:10|10.00", "2|c1|01-31 06:10|7.00");
        assertThat(tables.hours()).containsExactly("c1|01-31 06|17.00|2");
        assertThat(tables.lines()).containsExactly("1|1|1|10.00", "2|1|1|7.00");
        assertThat(tables.quarantine()).hasSize(1);
    }

    private static Dataset<Row> messages(long first, String... texts) {
        return OrderMessagesTest.messages(
                0,
                first,
                Arrays.stream(texts)
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new));
    }
}
