package dev.lakehouse.sample.orders;

import dev.lakehouse.UserError;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** A topic for orders. Errors that a user can fix are {@link UserError}s. */
public final class OrderTopic {
    private static final int PARTITIONS = 3;
    private static final int MOST_REPLICAS = 3;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<String, String> client;
    private final String name;
    private final Duration patience;

    private OrderTopic(Map<String, String> client, String name, Duration patience) {
        this.client = client;
        this.name = name;
        this.patience = patience;
    }

    /**
     * A topic, which may not exist yet.
     *
     * @param client the options of every Kafka client: the servers and the login
     */
    public static OrderTopic of(Map<String, String> client, String name) {
        return of(client, name, PATIENCE);
    }

    static OrderTopic of(Map<String, String> client, String name, Duration patience) {
        return new OrderTopic(Map.copyOf(client), name, patience);
    }

    /**
     * Creates the topic if it is missing, with {@value #PARTITIONS} partitions, each on up to three servers. Waits
     * until all partitions answer: one that does not may refuse a first batch and accept the second, and then wait
     * forever for the missing one.
     */
    public void create() {
        ask(admin -> {
            if (description(admin).isEmpty()) {
                int servers = await(admin.describeCluster().nodes()).size();
                short replicas = (short) Math.min(MOST_REPLICAS, servers);
                // The broker's time of delivery, independent of the producer's clock: it decides which message is the
                // latest.
                Map<String, String> settings = Map.of("message.timestamp.type", "LogAppendTime");
                createUnlessThere(admin, new NewTopic(name, PARTITIONS, replicas).configs(settings));
            }
            return offsets(admin, described(admin), OffsetSpec.latest());
        });
    }

    /** Waits for the description, because a new topic is not immediately known to all servers. */
    private TopicDescription described(Admin admin) {
        long end = System.nanoTime() + patience.toNanos();
        Optional<TopicDescription> topic = description(admin);
        while (topic.isEmpty() || !isLed(topic.get())) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("The new topic does not appear");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            topic = description(admin);
        }
        return topic.get();
    }

    private static boolean isLed(TopicDescription topic) {
        return topic.partitions().stream().allMatch(partition -> partition.leader() != null);
    }

    /** Deletes the topic with all messages, if it exists. */
    public void delete() {
        ask(admin -> {
            try {
                return await(admin.deleteTopics(List.of(name)).all());
            } catch (UnknownTopicOrPartitionException e) {
                return null;
            }
        });
    }

    /** Whether the topic has messages. */
    public boolean hasMessages() {
        return ask(admin -> {
            Optional<TopicDescription> topic = description(admin);
            if (topic.isEmpty()) {
                return false;
            }
            Map<TopicPartition, ListOffsetsResultInfo> begins = offsets(admin, topic.get(), OffsetSpec.earliest());
            return offsets(admin, topic.get(), OffsetSpec.latest()).entrySet().stream()
                    .anyMatch(end ->
                            end.getValue().offset() > begins.get(end.getKey()).offset());
        });
    }

    Map<String, String> client() {
        return client;
    }

    String name() {
        return name;
    }

    /** Explains a failure of Kafka's clients. A failure that a user cannot fix is an {@link IllegalStateException}. */
    RuntimeException explain(Exception failure) {
        if (failure instanceof AuthenticationException || failure instanceof AuthorizationException) {
            return new UserError(
                    "Kafka at " + servers() + " does not accept orders for the topic '" + name + "'.",
                    "The account or its password is wrong, or the account may not write to the topic.",
                    "Check the options of Kafka and the rights of the account.",
                    failure);
        }
        if (failure instanceof InvalidTopicException) {
            return new UserError(
                    "'" + name + "' is not a valid topic name.",
                    "A name has at most 249 letters, digits, dots, underscores and hyphens.",
                    "Give another --topic.",
                    failure);
        }
        if (failure instanceof TimeoutException) {
            return new UserError(
                    "Kafka at " + servers() + " does not answer.",
                    "There is no server at that address, or too few servers of the cluster are running.",
                    "Check the address, and that Kafka is running.",
                    failure);
        }
        return new IllegalStateException("Orders cannot be sent to the topic " + name, failure);
    }

    private String servers() {
        return client.get("bootstrap.servers");
    }

    private <T> T ask(Function<Admin, T> question) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("default.api.timeout.ms", (int) patience.toMillis());
        settings.put("request.timeout.ms", (int) patience.toMillis());
        try (Admin admin = Admin.create(settings)) {
            return question.apply(admin);
        } catch (KafkaException e) {
            throw explain(e);
        }
    }

    private Optional<TopicDescription> description(Admin admin) {
        try {
            return Optional.of(
                    await(admin.describeTopics(List.of(name)).topicNameValues().get(name)));
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        }
    }

    private static void createUnlessThere(Admin admin, NewTopic topic) {
        try {
            await(admin.createTopics(List.of(topic)).all());
        } catch (TopicExistsException e) {
            // Another client has created it meanwhile.
        }
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> offsets(
            Admin admin, TopicDescription topic, OffsetSpec which) {
        return await(admin.listOffsets(topic.partitions().stream()
                        .collect(Collectors.toMap(
                                partition -> new TopicPartition(topic.name(), partition.partition()),
                                partition -> which)))
                .all());
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for Kafka", e);
        }
    }
}
