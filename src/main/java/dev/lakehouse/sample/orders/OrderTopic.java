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

/** A topic that orders are sent to. What a person can fix about it is a {@link UserError}. */
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
     * A topic that may not be there yet.
     *
     * @param client what every Kafka client needs: the servers, and how to be let in
     */
    public static OrderTopic of(Map<String, String> client, String name) {
        return of(client, name, PATIENCE);
    }

    static OrderTopic of(Map<String, String> client, String name, Duration patience) {
        return new OrderTopic(Map.copyOf(client), name, patience);
    }

    /**
     * Makes it where it is missing, with {@value #PARTITIONS} partitions, each on three servers where there are so many,
     * and waits until all of them answer: one that does not yet may refuse a first batch and take the second, and would
     * then wait for the first one's successor for ever.
     */
    public void create() {
        ask(admin -> {
            if (description(admin).isEmpty()) {
                int servers = await(admin.describeCluster().nodes()).size();
                short replicas = (short) Math.min(MOST_REPLICAS, servers);
                // The time of delivery, whatever clock a producer has: by it a later message takes an earlier one's
                // place.
                Map<String, String> settings = Map.of("message.timestamp.type", "LogAppendTime");
                createUnlessThere(admin, new NewTopic(name, PARTITIONS, replicas).configs(settings));
            }
            return offsets(admin, described(admin), OffsetSpec.latest());
        });
    }

    /** A topic that was just made is not known everywhere at once. */
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

    /** Removes it with all its messages; nothing happens where there is none. */
    public void delete() {
        ask(admin -> {
            try {
                return await(admin.deleteTopics(List.of(name)).all());
            } catch (UnknownTopicOrPartitionException e) {
                return null;
            }
        });
    }

    /** Whether something lies in it. */
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

    /** What a person can do about a failure of Kafka's clients; a defect where that is nothing. */
    RuntimeException explain(Exception failure) {
        if (failure instanceof AuthenticationException || failure instanceof AuthorizationException) {
            return new UserError(
                    "Kafka at " + servers() + " does not let orders be sent to the topic '" + name + "'.",
                    "The account or its password is wrong, or it may not write there.",
                    "Check how Kafka is named and which rights the account has.",
                    failure);
        }
        if (failure instanceof InvalidTopicException) {
            return new UserError(
                    "'" + name + "' cannot be the name of a topic.",
                    "A name has at most 249 letters, digits, dots, underscores and hyphens.",
                    "Give another --topic.",
                    failure);
        }
        if (failure instanceof TimeoutException) {
            return new UserError(
                    "Kafka at " + servers() + " does not answer.",
                    "There is no server at that address, or too few of the cluster's servers run.",
                    "Check the address, and that Kafka runs.",
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
            // Somebody else made it meanwhile.
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
            throw new IllegalStateException("Interrupted while Kafka was asked", e);
        }
    }
}
