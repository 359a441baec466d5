package dev.lakehouse.sample.orders;

import static dev.lakehouse.sample.orders.OrderPlans.AS_OF;
import static dev.lakehouse.sample.orders.OrderPlans.FAULTS;
import static dev.lakehouse.sample.orders.OrderPlans.SHIFTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.sample.Rate;
import dev.lakehouse.sample.SeededRandom;
import dev.lakehouse.sample.orders.ExpectedRanking.Change;
import dev.lakehouse.sample.orders.OrderMessage.Kind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderGeneratorTest {
    private static final OrderPlan PLAN = OrderPlan.of(7, AS_OF).with(FAULTS).shifting(SHIFTS);

    @TempDir
    Path directory;

    @Test
    void equalPlansGiveTheSameBytesOnEveryMachine() {
        assertThat(digest(PLAN)).isEqualTo("04d6c4bd93affac1bfc41465d5170e927dccf33c0b202946f8f9a46311a59e9c");
        assertThat(digest(OrderPlan.of(8, AS_OF).with(FAULTS).shifting(SHIFTS))).isNotEqualTo(digest(PLAN));
    }

    @Test
    void neitherLanguageNorTimeZoneNorThreadsChangeAnything() throws Exception {
        String here = digest(PLAN);
        Locale language = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
            assertThat(digest(PLAN)).isEqualTo(here);
        } finally {
            Locale.setDefault(language);
            TimeZone.setDefault(zone);
        }
        Callable<String> digest = () -> digest(PLAN);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (Future<String> other : threads.invokeAll(List.of(digest, digest, digest, digest))) {
                assertThat(other.get()).isEqualTo(here);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void thePlannedCountsAreThoseFoundInTheMessages() {
        OrderPlan plan = OrderPlan.of(123, AS_OF).with(FAULTS).sized(31, 1_000, 300);
        List<OrderMessage> messages = new ArrayList<>();
        GeneratedCounts counts = OrderGenerator.of(plan).deliver(messages::add);
        List<CustomerBatch> batches = OrderPlans.batches(plan, directory);
        Set<String> early = new HashSet<>(batches.get(0).ids());
        early.addAll(batches.get(1).ids());

        Found found = Found.in(messages);
        ExpectedRanking expected = ExpectedRanking.of(OrderPlans.values(messages), batches);

        assertThat(counts.messages()).isEqualTo(messages.size());
        assertThat(counts.orders())
                .isEqualTo(31_000)
                .isEqualTo(expected.orders().size());
        assertThat(counts.repeated()).isEqualTo(found.repeated).isBetween(450L, 800L);
        assertThat(counts.corrected()).isEqualTo(found.corrected).isBetween(200L, 420L);
        assertThat(counts.late()).isEqualTo(found.late).isBetween(500L, 740L);
        assertThat(counts.malformed()).isEqualTo(found.malformed).isBetween(220L, 400L);
        assertThat(counts.wrongAmounts())
                .isEqualTo(count(expected, ParsedOrder::hasWrongAmount))
                .isBetween(220L, 400L);
        assertThat(counts.unknownCustomers())
                .isEqualTo(count(expected, order -> !expected.industries().containsKey(order.customer())))
                .isBetween(90L, 220L);
        assertThat(counts.lastBatchCustomers())
                .isEqualTo(count(
                        expected,
                        order -> expected.industries().containsKey(order.customer())
                                && !early.contains(order.customer())))
                .isBetween(90L, 220L);
    }

    @Test
    void lateOnesComeAtLeastAnHourAfterOrdersWithLaterTimes() {
        Instant latest = Instant.MIN;
        Duration longest = Duration.ZERO;
        for (OrderMessage message : OrderPlans.messages(PLAN.with(
                new OrderFaults(Chance.NEVER, OrderPlans.chance("2%"), Chance.NEVER, Chance.NEVER, Chance.NEVER)))) {
            Instant time = ParsedOrder.of(message.value()).orElseThrow().time();
            if (time.isBefore(latest)) {
                Duration late = Duration.between(time, latest);
                assertThat(late).isGreaterThan(Duration.ofMinutes(45));
                longest = late.compareTo(longest) > 0 ? late : longest;
            } else {
                latest = time;
            }
        }
        assertThat(longest).isBetween(Duration.ofHours(10), Duration.ofHours(13));
    }

    @Test
    void withoutFaultsEachOrderComesOnceInTheOrderOfTimeAndFaultsChangeNoOther() {
        List<OrderMessage> plain = OrderPlans.messages(PLAN.with(OrderFaults.NONE));
        Map<String, String> faulty = new HashMap<>();
        OrderPlans.messages(PLAN.with(new OrderFaults(
                        FAULTS.duplicates(), FAULTS.late(), FAULTS.malformed(), Chance.NEVER, Chance.NEVER)))
                .stream()
                .filter(message -> message.kind() == Kind.ORDER)
                .forEach(message -> faulty.put(message.key(), text(message)));

        List<Instant> times = plain.stream()
                .map(message -> ParsedOrder.of(message.value()).orElseThrow().time())
                .toList();
        assertThat(plain).hasSize(31 * 200);
        assertThat(times).isSorted();
        assertThat(times.get(0)).isBetween(AS_OF.minus(Duration.ofDays(31)), AS_OF.minus(Duration.ofDays(30)));
        assertThat(times.get(times.size() - 1)).isBetween(AS_OF.minus(Duration.ofHours(1)), AS_OF.minusMillis(1));
        assertThat(plain).allSatisfy(message -> assertThat(faulty).containsEntry(message.key(), text(message)));
    }

    @Test
    void amountsAreThoseOfTheLinesWithAtMostTwoDecimalsAndTheFormVaries() {
        List<String> texts = new ArrayList<>();
        for (OrderMessage message : OrderPlans.messages(PLAN.with(OrderFaults.NONE))) {
            ParsedOrder order = ParsedOrder.of(message.value()).orElseThrow();
            assertThat(order.amount()).isEqualByComparingTo(order.lines()).isPositive();
            assertThat(order.amount().scale()).isLessThanOrEqualTo(2);
            assertThat(message.key()).isEqualTo(order.id().toString());
            texts.add(text(message));
        }
        assertThat(texts)
                .anyMatch(text -> text.contains("Z\"}"))
                .anyMatch(text -> text.contains("+02:00\"}"))
                .anyMatch(text -> text.matches(".*:\\d\\d\\.\\d{3}\"}"))
                .anyMatch(text -> text.contains("\"order_line\":["))
                .anyMatch(text -> text.contains("\"order_lines\":["))
                .anyMatch(text -> text.matches(".*\"volume\":\\d+\\.\\d,.*"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 42, 123, 4711, 20_261_120, -1})
    void theShiftedIndustriesAreTheTopThreeByFar(long seed) {
        OrderPlan plan = OrderPlan.of(seed, AS_OF).with(FAULTS).shifting(SHIFTS);

        List<Change> ranking = ranking(plan);

        assertThat(ranking.subList(0, 3))
                .extracting(Change::industry)
                .containsExactlyInAnyOrder("Food", "Oil&Gas", "Polymer");
        assertThat(relative("Food", ranking)).isGreaterThan(1);
        assertThat(relative("Oil&Gas", ranking)).isGreaterThan(0.5);
        assertThat(relative("Polymer", ranking)).isLessThan(-0.35);
        assertThat(size(ranking.get(2)) - size(ranking.get(3)))
                .as("from the last of those that were shifted to the first of the others")
                .isGreaterThan(0.1);
    }

    private static double relative(String industry, List<Change> ranking) {
        return ranking.stream()
                .filter(change -> change.industry().equals(industry))
                .mapToDouble(change -> change.relative().doubleValue())
                .sum();
    }

    private static double size(Change change) {
        return change.relative().abs().doubleValue();
    }

    @Test
    void customersComeInBatchesThatRepeatChangeAndAdd() {
        OrderPlan plan = OrderPlan.of(123, AS_OF);
        List<CustomerBatch> batches = OrderPlans.batches(plan, directory);

        assertThat(batches.get(0).ids()).hasSize(255);
        Map<String, List<String>> known = new HashMap<>();
        for (CustomerBatch batch : batches) {
            Set<String> before = Set.copyOf(known.keySet());
            int[] kinds = new int[5];
            for (List<String> row : new LinkedHashSet<>(batch.rows())) {
                List<String> last = known.put(row.get(0), row);
                kinds[last == null ? 0 : last.equals(row) ? 1 : last.get(1).equals(row.get(1)) ? 2 : 3]++;
            }
            kinds[4] = batch.rows().size() - batch.ids().size();
            assertThat(kinds[0]).as("new").isPositive();
            assertThat(kinds[4]).as("twice in the batch").isPositive();
            if (!before.isEmpty()) {
                assertThat(kinds)
                        .as("new, repeated, other industries, other name, twice")
                        .doesNotContain(0);
            }
        }
        assertThat(known).hasSize(300);
    }

    @Test
    void mostCustomersHaveOneIndustrySomeMoreAFewNoneOrOneThatDoesNotExist() {
        Map<Integer, Integer> sizes = new HashMap<>();
        int unknown = 0;
        OrderPlan plan = OrderPlan.of(123, AS_OF).sized(31, 200, 2_000);
        for (List<String> row : OrderPlans.batches(plan, directory).get(0).rows()) {
            List<String> industries =
                    row.get(2).isEmpty() ? List.of() : List.of(row.get(2).split(";"));
            assertThat(industries).doesNotHaveDuplicates();
            sizes.merge(industries.size(), 1, Integer::sum);
            unknown += ExpectedRanking.INDUSTRIES.containsAll(industries) ? 0 : 1;
        }
        assertThat(sizes).containsOnlyKeys(0, 1, 2, 3);
        assertThat(sizes.get(1)).isGreaterThan(1_300);
        assertThat(sizes.get(0)).isBetween(10, 80);
        assertThat(unknown).isBetween(10, 80);
    }

    @Test
    void productsHaveANameAUnitAndThePriceThatOrdersHave() {
        Path file = directory.resolve("products.csv");
        int count = OrderGenerator.of(PLAN).writeProducts(file.toString());

        List<String> lines = OrderPlans.text(file).lines().toList();

        assertThat(lines.get(0)).isEqualTo("product_id,product_name,unit,price");
        assertThat(lines).hasSize(count + 1).doesNotHaveDuplicates();
        assertThat(lines.subList(1, lines.size()))
                .allMatch(line -> line.matches("P\\d{4},[^,]+,(kg|l|m|piece|box),\\d+\\.\\d\\d"));
    }

    @Test
    void thereAreAllKindsOfDamageAndNoneOfThemIsAnOrder() {
        GeneratedOrder order = OrderGenerator.of(PLAN).order(new Timeline.History(PLAN), 0);
        assertThat(ParsedOrder.of(order.bytes())).isPresent();
        Set<String> seen = new HashSet<>();
        for (MalformedMessage damage : MalformedMessage.values()) {
            for (int times = 0; times < 50; times++) {
                byte[] value = damage.apply(order.json(), SeededRandom.of(1, times));
                assertThat(ParsedOrder.of(value))
                        .as(damage + ": " + text(value))
                        .isEmpty();
                seen.add(text(value));
            }
        }
        assertThat(seen).contains("null", "", " ", "[]").anyMatch(text -> text.contains("\"amount\":\"a lot\""));
    }

    @Test
    void aPlanThatCannotBeIsRefused() {
        OrderPlan plan = OrderPlan.of(1, AS_OF);
        assertThatThrownBy(() -> plan.sized(0, 200, 300))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("The number of days must be between 1 and");
        assertThatThrownBy(() -> plan.sized(31, 200, 9))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("The number of customers must be between 10 and");
        assertThatThrownBy(() -> plan.shifting(Map.of("food", BigDecimal.ONE)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("There is no industry 'food' to shift.");
        assertThatThrownBy(() -> plan.shifting(Map.of("Food", BigDecimal.ZERO)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("by a number from 0.01 to 100");
    }

    @Test
    void aLiveStreamGoesAtItsRateWithTimesOfNowAndBringsWhatFaultsHeldUpAtTheEnd() {
        OrderFaults faults = new OrderFaults(
                OrderPlans.chance("50%"), OrderPlans.chance("20%"), Chance.NEVER, Chance.NEVER, Chance.NEVER);
        List<OrderMessage> messages = new ArrayList<>();
        Instant begin = Instant.now();

        GeneratedCounts counts = OrderGenerator.of(PLAN.with(faults))
                .deliverLive(Rate.parse("100/second"), Duration.ofMillis(500), messages::add);

        assertThat(Duration.between(begin, Instant.now())).isBetween(Duration.ofMillis(490), Duration.ofSeconds(10));
        assertThat(counts.orders())
                .isEqualTo(50)
                .isEqualTo(Found.in(messages).orders.size());
        assertThat(counts.messages()).isEqualTo(messages.size()).isGreaterThan(60);
        assertThat(counts.late()).isPositive();
        assertThat(messages).filteredOn(message -> message.kind() == Kind.ORDER).allSatisfy(message -> assertThat(
                        ParsedOrder.of(message.value()).orElseThrow().time())
                .isBetween(begin.minusMillis(1), Instant.now()));
    }

    @Test
    void anInterruptionEndsALiveStream() {
        Thread.currentThread().interrupt();

        GeneratedCounts counts =
                OrderGenerator.of(PLAN).deliverLive(Rate.parse("1/hour"), Duration.ofHours(1), message -> {});

        assertThat(counts.messages()).isZero();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void historyAndLiveStreamsHaveDifferentOrders() {
        Set<String> keys = new HashSet<>();
        OrderGenerator generator = OrderGenerator.of(PLAN.with(OrderFaults.NONE));
        generator.deliver(message -> keys.add(message.key()));
        generator.deliverLive(Rate.parse("10/minute"), AS_OF, 20, message -> keys.add(message.key()));
        generator.deliverLive(Rate.parse("10/minute"), AS_OF.plusMillis(1), 20, message -> keys.add(message.key()));

        assertThat(keys).hasSize(31 * 200 + 20 + 20);
    }

    private List<Change> ranking(OrderPlan plan) {
        return ExpectedRanking.of(OrderPlans.values(OrderPlans.messages(plan)), OrderPlans.batches(plan, directory))
                .ranking(AS_OF);
    }

    private static long count(ExpectedRanking expected, Predicate<ParsedOrder> condition) {
        return expected.orders().values().stream().filter(condition).count();
    }

    private static String text(OrderMessage message) {
        return text(message.value());
    }

    private static String text(byte[] value) {
        return value == null ? "tombstone" : new String(value, StandardCharsets.UTF_8);
    }

    private String digest(OrderPlan plan) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            OrderGenerator generator = OrderGenerator.of(plan);
            generator.deliver(message -> {
                digest.update(message.key().getBytes(StandardCharsets.UTF_8));
                digest.update(message.value() == null ? new byte[] {0} : message.value());
            });
            Path folder = directory.resolve(UUID.randomUUID().toString());
            generator.writeProducts(folder.resolve("products.csv").toString());
            generator.writeCustomers(folder.toString());
            for (String name : List.of("products.csv", "customers_001.csv", "customers_002.csv", "customers_003.csv")) {
                digest.update(OrderPlans.text(folder.resolve(name)).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What messages turn out to be to somebody who does not know the plan. */
    private static final class Found {
        private final Map<UUID, String> orders = new HashMap<>();
        private long repeated;
        private long corrected;
        private long late;
        private long malformed;

        static Found in(List<OrderMessage> messages) {
            Found found = new Found();
            Instant latest = Instant.MIN;
            for (OrderMessage message : messages) {
                Optional<ParsedOrder> order = ParsedOrder.of(message.value());
                if (order.isEmpty()) {
                    found.malformed++;
                    continue;
                }
                String before = found.orders.put(order.get().id(), text(message));
                if (before != null) {
                    found.repeated += before.equals(text(message)) ? 1 : 0;
                    found.corrected += before.equals(text(message)) ? 0 : 1;
                } else if (order.get().time().isBefore(latest)) {
                    found.late++;
                } else {
                    latest = order.get().time();
                }
            }
            return found;
        }
    }
}
