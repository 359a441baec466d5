package dev.lakehouse.sample.orders;

import dev.lakehouse.orders.StreamOrders;
import dev.lakehouse.sample.SampleTarget;
import dev.lakehouse.sample.SampleTarget.Server;
import dev.lakehouse.source.kafka.KafkaServer;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Tables;
import dev.lakehouse.task.ApplySchemas;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** The topic and the folder of a benchmark on the home's servers. Both are deleted when it is closed. */
record BenchmarkPlace(SampleTarget target, String run) implements AutoCloseable {
    static BenchmarkPlace open(SampleTarget target) {
        target.spark();
        String all = target.benchmarks();
        if (target.isLocal(Server.KAFKA) && target.isLocal(Server.S3)) {
            // Left by killed benchmarks. On a user's own servers another benchmark may be running.
            FileStore.of(all).directories(all).forEach(left -> new BenchmarkPlace(target, left).close());
        }
        return new BenchmarkPlace(target, UUID.randomUUID().toString());
    }

    SparkSession session() {
        return target.spark();
    }

    Tables tables() {
        return Tables.at(session(), warehouse());
    }

    OrderTopic topic() {
        return Orders.topic(target, topicName());
    }

    /** Creates tables like the workflow. */
    void make(List<TableName> tables) {
        ApplySchemas.main(new String[] {
            "--warehouse=" + warehouse(),
            "--tables=" + tables.stream().map(TableName::toString).collect(Collectors.joining(","))
        });
    }

    /** Streams orders like the workflow. */
    void streamOrders(String... more) {
        KafkaServer kafka = target.kafka();
        List<String> arguments = new ArrayList<>(List.of(
                "--warehouse=" + warehouse(),
                "--kafka=" + kafka.servers(),
                "--kafka-security=" + kafka.security().name(),
                "--topic=" + topicName(),
                "--checkpoint=" + folder() + "/checkpoint",
                "--scratch=" + folder() + "/scratch"));
        kafka.login()
                .ifPresent(login -> arguments.addAll(List.of(
                        "--kafka-mechanism=" + login.mechanism().word(),
                        "--kafka-user=" + login.user(),
                        "--kafka-password=" + login.password())));
        arguments.addAll(List.of(more));
        StreamOrders.main(arguments.toArray(String[]::new));
    }

    private String topicName() {
        return "benchmark-" + run;
    }

    private String warehouse() {
        return folder() + "/warehouse";
    }

    private String folder() {
        return target.benchmarks() + "/" + run;
    }

    @Override
    public void close() {
        FileStore files = FileStore.of(folder());
        try {
            topic().delete();
        } finally {
            // After the topic, because the topic's name is derived from the folder's name.
            files.delete(folder());
            if (files.filesBelow(target.benchmarks()).isEmpty()) {
                files.delete(target.benchmarks());
            }
        }
    }
}
