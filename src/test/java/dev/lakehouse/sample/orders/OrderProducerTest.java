package dev.lakehouse.sample.orders;

import static dev.lakehouse.sample.orders.OrderPlans.AS_OF;
import static dev.lakehouse.sample.orders.OrderPlans.FAULTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.testing.TestLakehouse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OrderProducerTest {
    private final Map<String, String> client = TestLakehouse.kafka().clientOptions();
    private final String name = "orders-" + UUID.randomUUID();
    private final OrderTopic topic = OrderTopic.of(client, name);

    @Test
    void everyMessageArrivesAndThoseOfOneKeyInTheirOrder() {
        OrderPlan plan = OrderPlan.of(1, AS_OF).with(FAULTS);
        Map<String, List<String>> sent = new HashMap<>();
        GeneratedCounts counts;
        try (OrderProducer producer = OrderProducer.to(topic)) {
            counts = OrderGenerator.of(plan).deliver(message -> {
                producer.send(message);
                sent.computeIfAbsent(message.key(), key -> new ArrayList<>()).add(text(message.value()));
            });
            assertThat(producer.sent()).isEqualTo(counts.messages());
        }

        List<ConsumerRecord<String, byte[]>> arrived = arrived();

        Map<String, List<String>> byKey = new HashMap<>();
        arrived.forEach(message ->
                byKey.computeIfAbsent(message.key(), key -> new ArrayList<>()).add(text(message.value())));
        assertThat(arrived).hasSize((int) counts.messages());
        assertThat(byKey).isEqualTo(sent);
        assertThat(arrived)
                .extracting(ConsumerRecord::partition)
                .contains(0, 1, 2)
                .doesNotContain(3);
    }

    @Test
    void aTopicIsMadeOnceAndHasMessagesOnceOneWasSent() {
        assertThat(topic.hasMessages()).isFalse();
        topic.create();
        topic.create();
        assertThat(topic.hasMessages()).isFalse();

        try (OrderProducer producer = OrderProducer.to(topic)) {
            producer.send(OrderPlans.messages(OrderPlan.of(1, AS_OF)).get(0));
        }

        assertThat(topic.hasMessages()).isTrue();
    }

    @Test
    @Timeout(30)
    void aTopicIsDeletedAndMayHaveBeenBefore() throws Exception {
        topic.create();

        topic.delete();
        topic.delete();

        try (Admin admin = Admin.create(new HashMap<>(client))) {
            // It is known a moment longer.
            while (admin.listTopics().names().get().contains(name)) {
                Thread.sleep(20);
            }
        }
    }

    @Test
    void aServerThatDoesNotAnswerAndANameThatCannotBeAreAUsersErrors() {
        Map<String, String> nowhere = new HashMap<>(client);
        nowhere.put("bootstrap.servers", "127.0.0.1:1");
        OrderTopic unreachable = OrderTopic.of(nowhere, name, Duration.ofSeconds(1));

        assertThatThrownBy(unreachable::hasMessages)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Kafka at 127.0.0.1:1 does not answer.");
        assertThatThrownBy(() -> OrderProducer.to(OrderTopic.of(client, "orders of today")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("'orders of today' is not a valid topic name.");
    }

    @Test
    @Tag("heavy")
    void twoMillionOrdersAreSentInFlatMemory() {
        OrderPlan plan = OrderPlan.of(1, AS_OF).sized(31, 64_517, 300).with(FAULTS);
        List<Long> used = new ArrayList<>();
        long start = System.nanoTime();
        GeneratedCounts counts;
        try (OrderProducer producer = OrderProducer.to(topic)) {
            counts = OrderGenerator.of(plan).deliver(message -> {
                producer.send(message);
                if (producer.sent() % 400_000 == 0) {
                    used.add(usedMegabytes());
                }
            });
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        System.out.println(counts.messages() + " messages in " + taken.toSeconds() + " s, megabytes used: " + used);

        assertThat(counts.orders()).isGreaterThan(2_000_000);
        assertThat(used.get(used.size() - 1)).isLessThan(used.get(0) + 64);
        assertThat(taken).isLessThan(Duration.ofMinutes(3));
    }

    private static long usedMegabytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }

    private static String text(byte[] value) {
        return value == null ? "tombstone" : new String(value, StandardCharsets.ISO_8859_1);
    }

    private List<ConsumerRecord<String, byte[]>> arrived() {
        List<ConsumerRecord<String, byte[]>> arrived = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(new HashMap<>(client), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                    .map(partition -> new TopicPartition(name, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofSeconds(1)).forEach(arrived::add);
            }
        }
        return arrived;
    }
}
