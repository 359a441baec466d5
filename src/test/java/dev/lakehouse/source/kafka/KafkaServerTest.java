package dev.lakehouse.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.secrets.SecretReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

class KafkaServerTest {
    private static final Optional<SecretReference> NO_PASSWORD = Optional.empty();

    @TempDir
    private Path directory;

    @Test
    void withoutALoginClientsAreToldTheServersAndTheSecurityOnly() {
        assertThat(KafkaServer.of("a.internal:9092,[::1]:9093", "ssl", "", "", NO_PASSWORD)
                        .clientOptions())
                .isEqualTo(Map.of("bootstrap.servers", "a.internal:9092,[::1]:9093", "security.protocol", "SSL"));
    }

    @Test
    void sparkIsToldTheSameUnderNamesOfItsOwn() {
        assertThat(KafkaServer.plaintext("a:1").sparkOptions())
                .isEqualTo(Map.of("kafka.bootstrap.servers", "a:1", "kafka.security.protocol", "PLAINTEXT"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "\" \\ ' ; = {} $1 \\\" //", "Łódź 🏭", "two\r\nlines", " "})
    void aLoginIsReadAgainAsItIs(String text) throws Exception {
        KafkaServer server = sasl(text, text);

        assertThat(read(server)).containsEntry("username", text);
        assertThat(read(server)).containsEntry("password", text);
    }

    @ParameterizedTest
    @CsvSource({"'', PLAIN, plain.Plain", "PLAIN, PLAIN, plain.Plain", "scram-sha-512, SCRAM-SHA-512, scram.Scram"})
    void theMechanismDecidesWhoLogsIn(String word, String mechanism, String module) throws Exception {
        Map<String, String> options = KafkaServer.of("a:1", "SASL_SSL", word, "me", Optional.of(secret("x")))
                .clientOptions();

        assertThat(options).containsEntry("sasl.mechanism", mechanism);
        assertThat(options.get("sasl.jaas.config"))
                .startsWith("org.apache.kafka.common.security." + module + "LoginModule required ");
    }

    @Test
    void thePasswordIsInNoText() throws Exception {
        assertThat(sasl("me", "geheim").toString()).contains("me").doesNotContain("geheim");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "geheim",
                "geheim:",
                "geheim:x",
                "kafka://geheim:1",
                "me:geheim@a:1",
                "a:1,geheim",
                "a:1 ,geheim:2"
            })
    void anAddressThatIsNoListOfHostsAndPortsIsRefusedAndNotRepeated(String servers) {
        assertThatThrownBy(() -> KafkaServer.plaintext(servers))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("not of the form HOST:PORT")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void halfALoginAndOneThatNobodyAsksForAreRefused() throws Exception {
        Optional<SecretReference> password = Optional.of(secret("x"));

        refused("SASL_SSL", "", "me", NO_PASSWORD, "a user but no password");
        refused("SASL_SSL", "", "", password, "a password but no user");
        refused("SASL_PLAINTEXT", "", "", NO_PASSWORD, "SASL_PLAINTEXT was given without a login");
        refused("SSL", "", "me", password, "with the security SSL");
        refused("TLS", "", "", NO_PASSWORD, "'TLS' is not a supported value of --kafka-security");
        refused("SASL_SSL", "MD5", "me", password, "'MD5' is not a supported value of --kafka-mechanism");
    }

    @Test
    void aTasksOptionsMayBeEmpty() {
        assertThat(parse("--kafka=a:1", "--kafka-security=", "--kafka-user=", "--kafka-password="))
                .isEqualTo(KafkaServer.plaintext("a:1"));
        assertThat(parse("--kafka=a:1")).isEqualTo(KafkaServer.plaintext("a:1"));
    }

    @Test
    void aTasksOptionsNameALoginWithItsPasswordAsAReference() {
        assertThat(parse(
                        "--kafka=a:1",
                        "--kafka-security=SASL_SSL",
                        "--kafka-mechanism=SCRAM-SHA-512",
                        "--kafka-user=me",
                        "--kafka-password=env:KAFKA_PASSWORD"))
                .isEqualTo(new KafkaServer(
                        "a:1",
                        KafkaServer.Security.SASL_SSL,
                        Optional.of(new KafkaServer.Login(
                                KafkaServer.Mechanism.SCRAM_SHA_512,
                                "me",
                                SecretReference.parse("env:KAFKA_PASSWORD")))));
    }

    private static KafkaServer parse(String... options) {
        return CommandLine.populateCommand(new SomeTask(), options).kafka.server();
    }

    private static void refused(
            String security, String mechanism, String user, Optional<SecretReference> password, String message) {
        assertThatThrownBy(() -> KafkaServer.of("a:1", security, mechanism, user, password))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }

    private KafkaServer sasl(String user, String password) throws Exception {
        return KafkaServer.of("a:1", "SASL_SSL", "", user, Optional.of(secret(password)));
    }

    private SecretReference secret(String text) throws Exception {
        return SecretReference.file(Files.writeString(directory.resolve("secret"), text));
    }

    /** As Kafka's own clients read it. */
    private static Map<String, String> read(KafkaServer server) {
        Object config = new Password(server.clientOptions().get("sasl.jaas.config"));
        Map<String, String> read = new HashMap<>();
        JaasContext.loadClientContext(Map.of("sasl.jaas.config", config))
                .configurationEntries()
                .forEach(entry -> entry.getOptions().forEach((name, value) -> read.put(name, value.toString())));
        return read;
    }

    @CommandLine.Command(name = "task")
    static final class SomeTask {
        @Mixin
        private KafkaOptions kafka;
    }
}
