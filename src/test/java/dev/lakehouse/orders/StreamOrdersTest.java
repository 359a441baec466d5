package dev.lakehouse.orders;

import static dev.lakehouse.orders.OrderStream.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.testing.TestLakehouse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamOrdersTest {
    private static final String SIX = "2026-01-31T06:10:00Z";

    @TempDir
    Path scratch;

    private OrderStream stream;

    @BeforeEach
    void lakehouse() {
        stream = OrderStream.fresh(scratch);
    }

    @Test
    void eachOrderHasOneRowTheMessageDeliveredLastHoweverOftenTheTopicIsRead() {
        String noon = order(6, "c1", SIX, "1.00").replace(SIX, "noon");
        stream.send(
                order(1, "c1", SIX, "10.00"),
                order(2, "c1", SIX, "20.00", "2:5.00", "1:10.00"),
                order(1, "c1", SIX, "11.00"),
                order(3, "c1", "2026-01-30T23:59:59Z", "30.00"),
                "{\"order_id\":");
        String first = stream.stream();
        stream.send(
                order(2, "c3", "2026-01-31T07:59:59.999Z", "21.00", "3:7.00"),
                order(4, "c9", SIX, "40.00"),
                order(4, "c9", SIX, "40.00"),
                order(3, "c1", "2026-01-30T23:59:59Z", "30.00"),
                // Late by weeks.
                order(5, "c1", "2026-01-01T00:00:00Z", "1.00"),
                noon,
                order(7, "c9", SIX, "10.50", "1:4.00", "2:3.00"));
        String second = stream.stream();

        assertThat(stream.orders())
                .containsExactly(
                        "1|c1|01-31 06:10|11.00",
                        "2|c3|01-31 07:59|21.00",
                        "3|c1|01-30 23:59|30.00",
                        "4|c9|01-31 06:10|40.00",
                        "5|c1|01-01 00:00|1.00",
                        "7|c9|01-31 06:10|10.50");
        assertThat(stream.lines())
                .containsExactly(
                        "1|1|1|11.00",
                        "2|1|3|7.00",
                        "3|1|1|30.00",
                        "4|1|1|40.00",
                        "5|1|1|1.00",
                        "7|1|1|4.00",
                        "7|2|2|3.00");
        assertThat(stream.hours())
                .containsExactly(
                        "c1|01-01 00|1.00|1",
                        "c1|01-30 23|30.00|1",
                        "c1|01-31 06|11.00|1",
                        "c3|01-31 07|21.00|1",
                        "c9|01-31 06|50.50|2");
        assertThat(stream.quarantine())
                .containsExactly(
                        "not a JSON object|0|4|{\"order_id\":", "timestamp is not an ISO date and time|0|10|" + noon);
        assertThat(first).contains("5 messages").contains("3 rows inserted, 0 replaced");
        assertThat(second)
                .contains("7 messages")
                .contains("3 rows inserted, 2 replaced")
                .contains("quarantine  1 message")
                .contains("1 order with an amount that differs from the sum of the lines");
        TestLakehouse lakehouse = stream.lakehouse();
        assertThat(lakehouse.ledger(
                        "rows_read, rows_inserted, rows_updated, rows_deduplicated, rows_quarantined",
                        "task = 'StreamOrders'"))
                .containsExactly("5|3|0|1|1", "7|3|2|1|1");
        assertThat(lakehouse.query("SELECT amount, lines_amount FROM orders.orders WHERE NOT amount <=> lines_amount"))
                .containsExactly("10.5000|10.00000000");
        assertThat(lakehouse.query("SELECT DISTINCT _topic, _partition FROM orders.orders"))
                .containsExactly(stream.topic() + "|0");
        assertThat(lakehouse.query("SELECT _offset FROM orders.orders ORDER BY order_id"))
                .containsExactly("2", "5", "8", "7", "9", "11");

        List<Long> before = stream.versions();
        String nothing = stream.stream();
        String again = stream.streamFrom("another");

        assertThat(stream.versions()).isEqualTo(before);
        assertThat(nothing).contains("0 messages");
        assertThat(again).contains("12 messages").contains("0 rows inserted, 0 replaced");
        assertThat(scratch).as("what was needed while it ran").isEmptyDirectory();
    }

    @Tag("heavy")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "StreamOrders.orders_quarantine",
                "StreamOrders.planned",
                "StreamOrders.orders",
                "StreamOrders.order_lines",
                "StreamOrders.customer_hourly"
            })
    void aStopBetweenAnyTwoStepsIsCompletedByTheNextRun(String step) {
        stream.send(order(1, "c1", SIX, "10.00", "1:4.00", "2:3.00"), order(2, "c2", SIX, "2.00")).stream();
        stream.send(order(1, "c2", SIX, "6.00"), "nonsense", order(3, "c1", SIX, "3.00"), order(2, "c2", SIX, "2.00"));
        FailPoint.once(step, () -> {
            throw new IllegalStateException("stopped");
        });
        assertThatThrownBy(stream::stream).hasStackTraceContaining("stopped");

        stream.stream();

        assertThat(stream.orders())
                .containsExactly("1|c2|01-31 06:10|6.00", "2|c2|01-31 06:10|2.00", "3|c1|01-31 06:10|3.00");
        assertThat(stream.hours())
                .isEqualTo(stream.countedHours())
                .containsExactly("c1|01-31 06|3.00|1", "c2|01-31 06|8.00|2");
        assertThat(stream.lines()).isEqualTo(stream.explodedLines()).hasSize(3);
        assertThat(stream.quarantine()).hasSize(1);
    }

    /** Months later the feed of changes is not kept any more. */
    @Tag("heavy")
    @ParameterizedTest
    @ValueSource(strings = {"--recount=true", "--now=2100-01-01T00:00:00Z"})
    void tablesThatFollowOrdersAreCountedAnew(String option) {
        stream.send(order(1, "c1", SIX, "10.00"), order(2, "c2", SIX, "20.00", "2:5.00", "1:10.00")).stream();
        stream.send(order(1, "c1", SIX, "11.00"), order(3, "c2", SIX, "3.00")).stream();
        TestLakehouse.session().sql("DELETE FROM orders.customer_hourly WHERE customer_id = 'c1'");
        TestLakehouse.session().sql("DELETE FROM orders.order_lines WHERE line_number = 2");
        // So that there is something to follow.
        stream.send(order(4, "c4", SIX, "4.00"));

        stream.stream(option);

        assertThat(stream.hours()).isEqualTo(stream.countedHours()).hasSize(3);
        assertThat(stream.lines()).isEqualTo(stream.explodedLines()).hasSize(5);
    }

    @Tag("heavy")
    @Test
    void tablesThatFollowOrdersAreCountedAnewWhereOrdersIsAnotherTable() {
        stream.send(order(1, "c1", SIX, "10.00"), order(2, "c2", SIX, "20.00")).stream();
        TestLakehouse.session().sql("DROP TABLE orders.orders");
        String place = stream.lakehouse().warehouse() + "/orders/orders";
        FileStore.of(place).delete(place);

        stream.send(order(3, "c3", SIX, "30.00")).stream();
        assertThat(stream.hours()).containsExactly("c3|01-31 06|30.00|1");
        stream.streamFrom("another");

        assertThat(stream.orders()).hasSize(3);
        assertThat(stream.hours()).isEqualTo(stream.countedHours()).hasSize(3);
        assertThat(stream.lines()).isEqualTo(stream.explodedLines()).hasSize(3);
    }

    @Test
    void aTopicThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> new OrderStream(stream.lakehouse(), "no_such_topic", scratch).stream())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("There is no topic 'no_such_topic'");
    }

    @Test
    void whatIsNoIntervalIsNamed() {
        assertThatThrownBy(() -> stream.stream("--every=10 foo"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("'10 foo' is not an interval of a stream.");
    }
}
