package dev.lakehouse.sample.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.orders.LoadCustomers;
import dev.lakehouse.orders.RankIndustries;
import dev.lakehouse.orders.StreamOrders;
import dev.lakehouse.sample.orders.ExpectedRanking.Change;
import dev.lakehouse.sample.orders.ExpectedRanking.CustomerHour;
import dev.lakehouse.testing.TestLakehouse;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generated orders with all their faults, through Kafka, against what plain Java makes of them. */
@Tag("e2e")
class GeneratedOrdersTest {
    private static final OrderPlan PLAN = OrderPlan.of(7, OrderPlans.AS_OF)
            .sized(31, 60, 60)
            .with(OrderPlans.FAULTS)
            .shifting(OrderPlans.SHIFTS);

    @TempDir
    Path folder;

    private final TestLakehouse lakehouse = TestLakehouse.fresh();

    @Test
    void allTenIndustriesAreWhatAnIndependentComputationSays() {
        List<OrderMessage> messages = OrderPlans.messages(PLAN);
        List<CustomerBatch> batches = OrderPlans.batches(PLAN, folder);
        ExpectedRanking expected = ExpectedRanking.of(OrderPlans.values(messages), batches);
        String name = "generated-" + UUID.randomUUID();
        OrderTopic topic = OrderTopic.of(TestLakehouse.kafka().clientOptions(), name);
        try (OrderProducer producer = OrderProducer.to(topic)) {
            messages.forEach(producer::send);
        }

        // In several batches, and the customers after their orders.
        lakehouse.task(
                StreamOrders::main,
                List.of(
                        "--kafka=" + TestLakehouse.kafka().servers(),
                        "--topic=" + name,
                        "--checkpoint=" + lakehouse.landing() + "/orders/_checkpoints/" + name,
                        "--scratch=" + lakehouse.landing() + "/orders/_scratch",
                        "--batch=1000"));
        lakehouse.task(
                LoadCustomers::main,
                List.of("--input=" + folder, "--scratch=" + lakehouse.landing() + "/orders/_scratch"));
        lakehouse.task(
                RankIndustries::main,
                List.of(
                        "--as-of=" + PLAN.asOf(),
                        "--output=" + folder,
                        "--scratch=" + lakehouse.landing() + "/orders/_scratch"));

        List<Change> ranking = expected.ranking(PLAN.asOf());
        assertThat(ranking.stream().limit(3).map(Change::industry))
                .containsExactlyInAnyOrderElementsOf(OrderPlans.SHIFTS.keySet());
        assertThat(table())
                .isEqualTo(ranking.stream().map(GeneratedOrdersTest::text).toList());
        assertThat(hours()).isEqualTo(plain(expected.hourly()));
        assertThat(lakehouse.query("SELECT count(*), count(DISTINCT order_id) FROM orders.orders"))
                .containsExactly(
                        expected.orders().size() + "|" + expected.orders().size());
        assertThat(lakehouse.query("SELECT count(*) FROM orders.orders_quarantine WHERE _topic IS NOT NULL"))
                .containsExactly(Long.toString(messages.stream()
                        .filter(message -> ParsedOrder.of(message.value()).isEmpty())
                        .count()));
    }

    private List<String> table() {
        return lakehouse.query("SELECT rank, industry, amount_24h, daily_mean, change, coalesce(CAST(relative_change AS"
                + " STRING), 'none'), status FROM orders.industry_change ORDER BY rank");
    }

    private static String text(Change change) {
        return String.join(
                "|",
                Integer.toString(change.rank()),
                change.industry(),
                rounded(change.last24Hours(), 4),
                rounded(change.mean(), 6),
                rounded(change.absolute(), 6),
                change.relative() == null ? "none" : rounded(change.relative(), 10),
                change.status());
    }

    private static String rounded(BigDecimal value, int scale) {
        return value.setScale(scale, RoundingMode.HALF_UP).toPlainString();
    }

    private Map<CustomerHour, BigDecimal> hours() {
        return plain(TestLakehouse.session()
                .sql("SELECT customer_id, unix_seconds(hour), amount FROM orders.customer_hourly")
                .collectAsList()
                .stream()
                .collect(Collectors.toMap(
                        row -> new CustomerHour(row.getString(0), Instant.ofEpochSecond(row.getLong(1))),
                        row -> row.getDecimal(2))));
    }

    /** 2.50 and 2.5 are the same. */
    private static Map<CustomerHour, BigDecimal> plain(Map<CustomerHour, BigDecimal> amounts) {
        return amounts.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .stripTrailingZeros()));
    }
}
