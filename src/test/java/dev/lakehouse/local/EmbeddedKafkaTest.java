package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.source.kafka.KafkaServer;
import dev.lakehouse.testing.TestServers;
import dev.lakehouse.testing.Topics;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedKafkaTest {
    @TempDir
    Path temp;

    @Test
    void messagesStayWhenKafkaStopsAndStartsAgainOnAnotherPort() {
        String before;
        try (Home home = Home.open(temp);
                RunningServer<KafkaServer> kafka = EmbeddedKafka.start(home)) {
            before = kafka.address().servers();
            Topics.of(kafka.address()).create("orders", 3);
            Topics.of(kafka.address()).send("orders", "Łódź 🏭", "b", "c");
            assertThat(kafka.description()).matches("Kafka 3\\.9\\.1, embedded, 127\\.0\\.0\\.1:\\d+");
        }
        try (Home home = Home.open(temp);
                RunningServer<KafkaServer> kafka = EmbeddedKafka.start(home)) {
            assertThat(kafka.address().servers()).isNotEqualTo(before);
            assertThat(Topics.of(kafka.address()).read("orders")).containsExactlyInAnyOrder("Łódź 🏭", "b", "c");
            Topics.of(kafka.address()).send("orders", "d");
            assertThat(Topics.of(kafka.address()).read("orders")).contains("d");
        }
    }

    @Tag("e2e")
    @Test
    void whatWasAcknowledgedBeforeTheProcessWasKilledIsThereAfterwards() throws Exception {
        Process command = OtherProcess.start(StartAndSend.class, temp.toString());
        int acknowledged = 0;
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(command.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); acknowledged < 500 && line != null; line = output.readLine()) {
                acknowledged = line.matches("\\d+") ? Integer.parseInt(line) : acknowledged;
            }
        } finally {
            command.destroyForcibly().waitFor();
        }
        assertThat(acknowledged).isEqualTo(500);

        try (Home home = Home.open(temp);
                RunningServer<KafkaServer> kafka = EmbeddedKafka.start(home)) {
            List<String> all = IntStream.rangeClosed(1, acknowledged)
                    .mapToObj(Integer::toString)
                    .toList();
            assertThat(Topics.of(kafka.address()).read("orders"))
                    .startsWith(all.toArray(String[]::new))
                    .doesNotHaveDuplicates();
            Topics.of(kafka.address()).send("orders", "more");
            assertThat(Topics.of(kafka.address()).read("orders")).endsWith("more");
        }
    }

    @Test
    void aFolderThatWasCutShortWhileItWasMadeIsMadeAgain() throws Exception {
        Files.writeString(
                Files.createDirectories(temp.resolve("kafka/data.unfinished")).resolve("bootstrap.checkpoint"), "half");

        try (Home home = Home.open(temp);
                RunningServer<KafkaServer> kafka = EmbeddedKafka.start(home)) {
            Topics.of(kafka.address()).create("orders", 1);
        }
        assertThat(temp.resolve("kafka/data.unfinished")).doesNotExist();
    }

    @Test
    void messagesStayForEverAndTopicsAreMadeOnPurposeOnly() throws Exception {
        KafkaServer server = TestServers.kafka();
        String topic = TestServers.freshTopic(1);

        try (Admin admin = Admin.create(new HashMap<>(server.clientOptions()))) {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            Collection<Config> configs =
                    admin.describeConfigs(List.of(resource)).all().get().values();
            assertThat(configs).singleElement().satisfies(config -> {
                assertThat(config.get("retention.ms").value()).isEqualTo("-1");
                assertThat(config.get("retention.bytes").value()).isEqualTo("-1");
            });
            assertThat(Topics.of(server).read("no-such-topic")).isEmpty();
            assertThat(admin.listTopics().names().get()).doesNotContain("no-such-topic");
        }
    }

    @Test
    void aFolderThatIsNoLogIsAUsersErrorThatSaysWhereToLook() throws Exception {
        Files.writeString(Files.createDirectories(temp.resolve("kafka/data")).resolve("meta.properties"), "version=7");

        try (Home home = Home.open(temp)) {
            assertThatThrownBy(() -> EmbeddedKafka.start(home))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("The embedded Kafka server does not start.")
                    .hasMessageContaining(temp.resolve("kafka").toString())
                    .hasMessageContaining(home.logs().toString());
        }
    }

    static final class StartAndSend {
        public static void main(String[] arguments) {
            Home home = Home.open(Path.of(arguments[0]));
            RunningServer<KafkaServer> kafka = EmbeddedKafka.start(home);
            Topics.of(kafka.address()).create("orders", 1);
            Iterable<String> endless = () ->
                    IntStream.iterate(1, i -> i + 1).mapToObj(Integer::toString).iterator();
            Topics.of(kafka.address()).send("orders", endless, System.out::println);
        }
    }
}
