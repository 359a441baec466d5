package dev.lakehouse.cli;

import dev.lakehouse.orders.StreamOrders;
import dev.lakehouse.orders.generator.OrderTopic;
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

/** A topic and a folder of a benchmark's own on the home's servers, both gone once it is closed. */
final class BenchmarkPlace implements AutoCloseable {
    private final Workplace workplace;
    private final String run;

    private BenchmarkPlace(Workplace workplace, String run) {
        this.workplace = workplace;
        this.run = run;
    }

    static BenchmarkPlace open(Workplace workplace) {
        workplace.spark();
        String all = workplace.benchmarks();
        if (workplace.kafkaIsLocal() && workplace.s3IsLocal()) {
            // What killed benchmarks left; on servers of somebody's own another one may be at work.
            FileStore.of(all).directories(all).forEach(left -> new BenchmarkPlace(workplace, left).close());
        }
        return new BenchmarkPlace(workplace, UUID.randomUUID().toString());
    }

    SparkSession session() {
        return workplace.spark();
    }

    Tables tables() {
        return Tables.at(session(), warehouse());
    }

    OrderTopic topic() {
        return OrderTopic.of(workplace.kafka().clientOptions(), topicName());
    }

    /** Makes tables as the workflow does. */
    void make(List<TableName> tables) {
        ApplySchemas.main(new String[] {
            "--warehouse=" + warehouse(),
            "--tables=" + tables.stream().map(TableName::toString).collect(Collectors.joining(","))
        });
    }

    /** Streams orders as the workflow does. */
    void streamOrders(String... more) {
        KafkaServer kafka = workplace.kafka();
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
        return workplace.benchmarks() + "/" + run;
    }

    @Override
    public void close() {
        FileStore files = FileStore.of(folder());
        try {
            topic().delete();
        } finally {
            // After the topic, whose name is known by the folder's.
            files.delete(folder());
            if (files.filesBelow(workplace.benchmarks()).isEmpty()) {
                files.delete(workplace.benchmarks());
            }
        }
    }
}
