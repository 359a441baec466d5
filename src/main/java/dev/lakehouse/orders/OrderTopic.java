package dev.lakehouse.orders;

import dev.lakehouse.UserError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
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

/** A topic that orders are sent to. What a person can mend about it is a {@link UserError}. */
public final class OrderTopic {
    private static final int PARTITIONS = 3;
    private static final int MOST_REPLICAS = 3;
    private static final String PATIENCE_MILLIS = "20000";

    private final Map<String, String> client;
    private final String name;

    private OrderTopic(Map<String, String> client, String name) {
        this.client = client;
        this.name = name;
    }

    /**
     * A topic that may not be there yet.
     *
     * @param client what every Kafka client needs: the servers, and how to be let in
     */
    public static OrderTopic of(Map<String, String> client, String name) {
        return new OrderTopic(Map.copyOf(client), name);
    }

    /** Makes it where it is missing: {@value #PARTITIONS} partitions, each on three servers where there are so many. */
    public void create() {
        ask(admin -> {
            if (description(admin).isEmpty()) {
                int servers = await(admin.describeCluster().nodes()).size();
                short replicas = (short) Math.min(MOST_REPLICAS, servers);
                createUnlessThere(admin, new NewTopic(name, PARTITIONS, replicas));
            }
            return null;
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
        settings.put("default.api.timeout.ms", PATIENCE_MILLIS);
        settings.put("request.timeout.ms", PATIENCE_MILLIS);
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
