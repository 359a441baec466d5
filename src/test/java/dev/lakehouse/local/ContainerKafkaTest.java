package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.source.kafka.KafkaServer;
import dev.lakehouse.testing.Topics;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Skipped, with the reason, where Docker cannot run the containers. */
@Tag("containers")
final class ContainerKafkaTest {
    @TempDir
    Path temp;

    @BeforeEach
    void dockerRunsTheContainers() {
        Containers.assumeTheyRunWithKafka();
    }

    @Test
    void messagesStayWhenTheContainerIsStoppedAndStartedAgain() {
        try (Home home = Home.open(temp);
                RunningServer<KafkaServer> kafka = ContainerKafka.start(home)) {
            assertThat(kafka.description()).matches("container of .*kafka:.*, 127\\.0\\.0\\.1:\\d+");
            Topics.of(kafka.address()).create("orders", 2);
            Topics.of(kafka.address()).send("orders", "Łódź 🏭", "b");
        }
        try (Home home = Home.open(temp);
                RunningServer<KafkaServer> kafka = ContainerKafka.start(home)) {
            assertThat(Topics.of(kafka.address()).read("orders")).containsExactlyInAnyOrder("Łódź 🏭", "b");
            assertThat(Topics.of(kafka.address()).read("no-such-topic")).isEmpty();
        }
    }

    @Test
    void aContainerThatOutlivedItsKilledCommandIsReplaced() throws Exception {
        Process command = OtherProcess.start(StartAndHang.class, temp.toString());
        try (InputStream output = command.getInputStream()) {
            assertThat((char) output.read()).isEqualTo('r');
        } finally {
            command.destroyForcibly().waitFor();
        }
        try (Home home = Home.open(temp);
                RunningServer<KafkaServer> kafka = ContainerKafka.start(home)) {
            assertThat(Topics.of(kafka.address()).read("orders")).containsExactly("sent");
        }
    }

    static final class StartAndHang {
        public static void main(String[] arguments) throws Exception {
            Home home = Home.open(Path.of(arguments[0]));
            RunningServer<KafkaServer> kafka = ContainerKafka.start(home);
            Topics.of(kafka.address()).create("orders", 1);
            Topics.of(kafka.address()).send("orders", "sent");
            System.out.print("r");
            System.out.flush();
            Thread.sleep(60_000);
        }
    }
}
