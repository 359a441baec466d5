package dev.lakehouse.sample.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.sample.orders.ExpectedRanking.Change;
import dev.lakehouse.sample.orders.ExpectedRanking.CustomerHour;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedRankingTest {
    private static final String HEADER = "customer_id,company_name,specialized_industries\n";
    private static final Instant AS_OF = Instant.parse("2026-03-31T12:34:56Z");
    private static final String LAST_DAY = "2026-03-31T11:59:59.999Z";
    private static final String DAY_BEFORE = "2026-03-30T11:59:59.999Z";

    @Test
    void theLastDayIsComparedWithAThirtiethOfTheThirtyDaysBefore() {
        List<Change> ranking = ranking(
                "1,Ada & Co,Food\n2,Ben & Co,Polymer\n3,Chen & Co,Colours\n",
                order(1, "1", "30", "2026-03-30T12:00:00Z"),
                order(2, "1", "300", DAY_BEFORE),
                order(3, "2", "5", LAST_DAY),
                order(4, "2", "300", "2026-02-28T12:00:00Z"),
                order(5, "3", "7", LAST_DAY));

        assertThat(ranking).extracting(Change::rank).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(ranking.get(0)).isEqualTo(change(1, "Food", "30", "10", "20", "2", "changed"));
        assertThat(ranking.get(1)).isEqualTo(change(2, "Polymer", "5", "10", "-5", "-0.5", "changed"));
        assertThat(ranking.get(2)).isEqualTo(change(3, "Agriculture", "0", "0", "0", "0", "unchanged"));
        assertThat(ranking.get(9)).isEqualTo(change(10, "Colours", "7", "0", "7", null, "new"));
    }

    @Test
    void whatLiesAtOrBeyondTheEndsCountsForNeither() {
        List<Change> ranking = ranking(
                "1,Ada & Co,Food\n",
                order(1, "1", "1", "2026-03-31T12:00:00Z"),
                order(2, "1", "1", "2026-02-28T11:59:59.999Z"));

        assertThat(ranking).extracting(Change::status).containsOnly("unchanged");
    }

    @Test
    void equalChangesAreRankedByName() {
        List<Change> ranking = ranking(
                "1,Ada & Co,Polymer;Cosmetics\n2,Ben & Co,Food\n",
                order(1, "1", "2", LAST_DAY),
                order(2, "1", "30", DAY_BEFORE),
                order(3, "2", "0", LAST_DAY),
                order(4, "2", "7", DAY_BEFORE));

        assertThat(ranking.subList(0, 3)).extracting(Change::industry).containsExactly("Cosmetics", "Food", "Polymer");
    }

    @Test
    void theLastDeliveredIsTheValidOneAndWhatIsNoOrderLeavesItValid() {
        ExpectedRanking expected = expected(
                "1,Ada & Co,Food\n",
                order(1, "1", "10", "2026-03-30T23:30:00Z"),
                order(2, "1", "5", "2026-03-31T01:10:00+02:00"),
                order(1, "1", "4.25", "2026-03-30T22:15:00"),
                null,
                "{\"order_id\":\"" + new UUID(0, 1) + "\"}");

        assertThat(expected.orders()).hasSize(2);
        assertThat(expected.hourly())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        new CustomerHour("1", Instant.parse("2026-03-30T22:00:00Z")),
                        new BigDecimal("4.25"),
                        new CustomerHour("1", Instant.parse("2026-03-30T23:00:00Z")),
                        new BigDecimal("5")));
    }

    @Test
    void theLatestBatchSaysWhatACustomersIndustriesAre() {
        ExpectedRanking expected = ExpectedRanking.of(
                List.of(bytes(order(1, "1", "5", LAST_DAY)), bytes(order(2, "9", "5", LAST_DAY))),
                List.of(
                        CustomerBatch.of(HEADER + "1,Ada & Co,Food;Colours\n2,Ben & Co,\n"),
                        CustomerBatch.of(HEADER + "1,\"Ada, Ben \"\"&\"\" Co\",Polymer;Plastics;Food\n")));

        assertThat(expected.industries().get("1")).containsExactlyInAnyOrder("Food", "Polymer");
        assertThat(expected.industries().get("2")).isEmpty();
        assertThat(expected.ranking(AS_OF))
                .filteredOn(change -> change.status().equals("new"))
                .extracting(Change::industry)
                .containsExactly("Food", "Polymer");
    }

    @Test
    void ordersWithAWrongAmountCanBeLeftOut() {
        String wrong = order(1, "1", "5", LAST_DAY).replace("\"amount\":5", "\"amount\":6");
        ExpectedRanking expected = expected("1,Ada & Co,Food\n", wrong, order(2, "1", "5", LAST_DAY));

        assertThat(expected.orders()).hasSize(2);
        assertThat(expected.withoutWrongAmounts().orders()).containsOnlyKeys(new UUID(0, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "null",
                "7",
                "{}",
                "{\"order_id\":\"1\"}",
            })
    void whatIsNoOrderIsNone(String text) {
        assertThat(ParsedOrder.of(bytes(text))).isEmpty();
        assertThat(ParsedOrder.of(bytes(order(1, "1", "5", LAST_DAY) + text)).isPresent())
                .isEqualTo(text.isBlank());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order_id:1",
                "customer_id:{}",
                "customer_id:null",
                "amount:\"a lot\"",
                "amount:null",
                "timestamp:\"yesterday\"",
                "timestamp:\"2026-02-30T00:00:00Z\"",
                "order_lines:7",
                "order_lines:[{\"product_id\":\"P1\",\"volume\":\"many\",\"price\":5}]",
            })
    void anOrderWithAWrongValueIsNone(String wrong) {
        String name = wrong.substring(0, wrong.indexOf(':'));
        String order = order(1, "1", "5", LAST_DAY);
        assertThat(ParsedOrder.of(bytes(order))).isPresent();

        String other = order.substring(0, order.length() - 1) + ",\"" + name + "\":"
                + wrong.substring(wrong.indexOf(':') + 1) + "}";

        assertThat(ParsedOrder.of(bytes(other))).isEmpty();
    }

    private static List<Change> ranking(String customers, String... messages) {
        return expected(customers, messages).ranking(AS_OF);
    }

    private static ExpectedRanking expected(String customers, String... messages) {
        return ExpectedRanking.of(
                Arrays.stream(messages).map(ExpectedRankingTest::bytes).toList(),
                List.of(CustomerBatch.of(HEADER + customers)));
    }

    private static String order(long id, String customer, String amount, String time) {
        return "{\"order_id\":\"" + new UUID(0, id) + "\",\"customer_id\":\"" + customer
                + "\",\"order_lines\":[{\"product_id\":\"P1\",\"volume\":1,\"price\":" + amount + "}],\"amount\":"
                + amount + ",\"timestamp\":\"" + time + "\"}";
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static Change change(
            int rank, String industry, String last, String mean, String absolute, String relative, String status) {
        return new Change(
                rank,
                industry,
                new BigDecimal(last),
                new BigDecimal(mean),
                new BigDecimal(absolute),
                relative == null ? null : new BigDecimal(relative),
                status);
    }
}
