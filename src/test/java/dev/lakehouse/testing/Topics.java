package dev.lakehouse.testing;

import dev.lakehouse.source.kafka.KafkaServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What tests do with the topics of a Kafka server. */
public final class Topics {
    private final KafkaServer server;

    private Topics(KafkaServer server) {
        this.server = server;
    }

    public static Topics of(KafkaServer server) {
        return new Topics(server);
    }

    public void create(String topic, int partitions) {
        try (Admin admin = Admin.create(options())) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends values, each of which is its own key; returns when all are acknowledged. */
    public void send(String topic, String... values) {
        send(topic, Arrays.asList(values), acknowledged -> {});
    }

    /**
     * The same, one after the other.
     *
     * @param acknowledged is told how many are
     */
    public void send(String topic, Iterable<String> values, IntConsumer acknowledged) {
        Map<String, Object> options = options();
        options.put("acks", "all");
        int count = 0;
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(options, new StringSerializer(), new StringSerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, value, value)).get();
                acknowledged.accept(++count);
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All values of a topic, partition by partition. */
    public List<String> read(String topic) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(options(), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofSeconds(1))) {
                    values.add(message.value());
                }
            }
        }
        return values;
    }

    private Map<String, Object> options() {
        return new HashMap<>(server.clientOptions());
    }
}
