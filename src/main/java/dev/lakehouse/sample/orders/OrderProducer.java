package dev.lakehouse.sample.orders;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends messages to a topic in batches, each once, and those of one key in order. All messages have arrived when
 * {@link #close()} returns. A failure is thrown by a later call; then no more messages are sent. Not thread-safe.
 */
public final class OrderProducer implements AutoCloseable {
    private static final int BATCH_BYTES = 256 * 1024;
    private static final int LINGER_MILLIS = 20;

    private final OrderTopic topic;
    private final Producer<String, byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private long sent;

    private OrderProducer(OrderTopic topic, Producer<String, byte[]> producer) {
        this.topic = topic;
        this.producer = producer;
    }

    /** A producer for a topic, which is created if it is missing. Must be closed. */
    public static OrderProducer to(OrderTopic topic) {
        topic.create();
        Map<String, Object> settings = new HashMap<>(topic.client());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        return new OrderProducer(
                topic, new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()));
    }

    /** Sends a message with the current time. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback receives the failure
    public void send(OrderMessage message) {
        throwFailure();
        try {
            producer.send(new ProducerRecord<>(topic.name(), message.key(), message.value()), (metadata, e) -> {
                if (e != null) {
                    failure.compareAndSet(null, e);
                }
            });
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            throw topic.explain(e);
        }
        sent++;
    }

    /** The number of sent messages. */
    public long sent() {
        return sent;
    }

    /** Waits until all have arrived. */
    @Override
    public void close() {
        producer.close();
        throwFailure();
    }

    private void throwFailure() {
        Exception first = failure.get();
        if (first != null) {
            throw topic.explain(first);
        }
    }
}
