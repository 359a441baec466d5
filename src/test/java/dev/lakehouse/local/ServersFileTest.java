package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.secrets.SecretReference;
import dev.lakehouse.source.kafka.KafkaServer;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.testing.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The servers of other tests stand for the user's own here. */
final class ServersFileTest {
    private static final ServerOptions AUTO = ServerOptions.of(ServerChoice.AUTO);
    private static final ServerOptions EMBEDDED = ServerOptions.of(ServerChoice.EMBEDDED);
    private static final ServerOptions CONTAINERS = ServerOptions.of(ServerChoice.CONTAINERS);

    private final MySqlServer mysql = TestServers.freshDatabase();
    private final S3Endpoint s3 = TestServers.s3();

    @TempDir
    Path temp;

    @Test
    void aLaterCommandUsesTheUsersOwnServersWithoutTheOptions() {
        start(AUTO.with(mysql).with(s3));

        try (Home home = Home.open(temp);
                LocalServers servers = LocalServers.start(home, AUTO)) {
            assertThat(servers.mysql().address()).isEqualTo(mysql);
            assertThat(servers.s3().address()).isEqualTo(s3);
            assertThat(servers.mysql().isLocal()).isFalse();
            assertThat(servers.mysql().description())
                    .isEqualTo("MySQL: " + mysql.url() + ", your own, as user 'lakehouse' (stored in this home)");
            assertThat(servers.s3().description())
                    .isEqualTo("S3: " + s3.url() + ", bucket lakehouse, your own (stored in this home)");
        }
    }

    @Test
    void theChoiceOfLocalServersDoesNotTouchTheUsersOwn() {
        start(AUTO.with(mysql).with(s3));

        start(EMBEDDED);
        start(CONTAINERS);
        start(AUTO.with(mysql));

        assertThat(temp.resolve("mysql")).doesNotExist();
    }

    @Test
    void anotherServerThanTheRememberedOneIsRefusedAndBothAreNamed() {
        start(AUTO.with(mysql).with(s3));
        MySqlServer other = TestServers.freshDatabase();

        refused(AUTO.with(other)).hasMessageContaining(mysql.address()).hasMessageContaining(other.address());
        refused(AUTO.with(new MySqlServer(mysql.url(), "reader", mysql.password())))
                .hasMessageContaining("as user 'reader'");
        refused(AUTO.with(new S3Endpoint(s3.url(), s3.region(), "other", s3.accessKey(), s3.secretKey())))
                .hasMessageContaining("bucket lakehouse")
                .hasMessageContaining("bucket other");
    }

    @Test
    void aRememberedEmbeddedServerIsNotSwitchedByAnyOption() {
        remember(ServerMode.EMBEDDED);

        refused(CONTAINERS).hasMessageContaining("embedded").hasMessageContaining("container");
        refused(AUTO.with(mysql)).hasMessageContaining("embedded").hasMessageContaining(mysql.address());
    }

    @Test
    void rememberedContainersAreNotReplacedWhereTheyCannotRun() {
        String image = System.setProperty("lakehouse.image.localstack", "no-such-image.invalid/mysql:0");
        try {
            remember(ServerMode.CONTAINERS);

            refused(EMBEDDED).hasMessageContaining("embedded").hasMessageContaining("container");
            start(AUTO, "cannot be started as a container", "uses containers", "--home");
        } finally {
            restore("lakehouse.image.localstack", image);
        }
    }

    @Test
    void containersThatAreAskedForAndCannotRunAreAUsersError() {
        String image = System.setProperty("lakehouse.image.localstack", "no-such-image.invalid/mysql:0");
        try {
            start(CONTAINERS, "cannot be started as a container", "Containers were requested");
            assertThat(temp.resolve("servers.properties")).doesNotExist();
        } finally {
            restore("lakehouse.image.localstack", image);
        }
    }

    @Test
    void aServerThatDoesNotAnswerOrHasNoSuchBucketIsNotRemembered() {
        S3Endpoint noBucket = new S3Endpoint(s3.url(), s3.region(), "no-bucket", s3.accessKey(), s3.secretKey());
        start(AUTO.with(mysql).with(noBucket), "There is no bucket 'no-bucket'");

        S3Endpoint stranger = new S3Endpoint(s3.url(), s3.region(), s3.bucket(), s3.accessKey(), s3.accessKey());
        start(AUTO.with(mysql).with(stranger), "S3 refused the bucket 'lakehouse'");

        S3Endpoint silent =
                new S3Endpoint("http://127.0.0.1:1", s3.region(), s3.bucket(), s3.accessKey(), s3.secretKey());
        start(AUTO.with(mysql).with(silent), "S3 cannot be reached at http://127.0.0.1:1");
        assertThat(temp.resolve("servers.properties")).doesNotExist();

        MySqlServer nobody = new MySqlServer("jdbc:mysql://127.0.0.1:1/shop", "reader", mysql.password());
        start(AUTO.with(nobody).with(s3), "cannot be reached at jdbc:mysql://127.0.0.1:1/shop");
        assertThat(temp.resolve("servers.properties")).content().doesNotContain("mysql");
    }

    @Test
    void aSecretsPathIsRememberedWholeAndTheSecretIsNot() throws Exception {
        Path here = Path.of("").toAbsolutePath();
        SecretReference relative =
                SecretReference.file(here.relativize(Path.of(mysql.password().name())));
        start(AUTO.with(new MySqlServer(mysql.url(), mysql.user(), relative)).with(s3));

        assertThat(Files.readString(temp.resolve("servers.properties")))
                .contains("mysql.password=file\\:/")
                .doesNotContain(mysql.password().resolve());
    }

    @Test
    void aHomeFromBeforeKafkaKeepsItsServersAndGetsKafkaWhenItIsAskedFor() throws Exception {
        start(AUTO.with(mysql).with(s3));
        assertThat(Files.readString(temp.resolve("servers.properties"))).doesNotContain("kafka");

        assertThat(kafka(AUTO.with(TestServers.kafka()))).isEqualTo(TestServers.kafka());

        assertThat(Files.readString(temp.resolve("servers.properties")))
                .contains("kafka=own", "kafka.security=PLAINTEXT", "mysql=own", "s3=own");
        start(AUTO);
        assertThat(kafka(AUTO)).isEqualTo(TestServers.kafka());
    }

    @Test
    void aServerThatIsNeededLaterFollowsTheHomesS3() {
        try (Home home = Home.open(temp)) {
            ServersFile remembered = ServersFile.of(home);
            remembered.remember(ServerKind.S3, new ServerSelectionResult<>(ServerMode.EMBEDDED, Optional.empty(), ""));

            assertThat(List.of(
                            ServerSelection.of(ServerKind.KAFKA, AUTO, remembered),
                            ServerSelection.of(ServerKind.MYSQL, AUTO, remembered)))
                    .allSatisfy(selection -> {
                        assertThat(selection.place()).isEqualTo(ServerMode.EMBEDDED);
                        assertThat(selection.reason()).isEqualTo("as this home's other servers");
                    });
        }
    }

    @Test
    void anotherKafkaThanTheRememberedOneIsRefusedAndBothAreNamed() {
        kafka(AUTO.with(mysql).with(s3).with(TestServers.kafka()));

        assertThatThrownBy(() -> kafka(AUTO.with(KafkaServer.plaintext("127.0.0.1:1"))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("This home uses a different Kafka server from the one that the options name.")
                .hasMessageContaining(TestServers.kafka().servers())
                .hasMessageContaining("127.0.0.1:1");
    }

    @Test
    void aKafkaThatDoesNotAnswerIsNotRemembered() {
        ServerOptions nobody = AUTO.with(mysql).with(s3).with(KafkaServer.plaintext("127.0.0.1:1,127.0.0.1:2"));

        assertThatThrownBy(() -> kafka(nobody))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Kafka cannot be reached at 127.0.0.1:1,127.0.0.1:2.")
                .hasMessageContaining("--kafka-security");
        assertThatThrownBy(() -> kafka(AUTO.with(KafkaServer.plaintext("no-such-host.invalid:1"))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Kafka cannot be reached at no-such-host.invalid:1.");
        assertThat(temp.resolve("servers.properties")).content().doesNotContain("kafka");
    }

    @Test
    void aLoginForKafkaIsRememberedAsAReference() throws Exception {
        Path secret = Files.writeString(temp.resolve("secret"), "geheim");
        KafkaServer server =
                KafkaServer.of("a:1", "SASL_SSL", "SCRAM-SHA-512", "me", Optional.of(SecretReference.file(secret)));
        try (Home home = Home.open(temp)) {
            ServersFile.of(home)
                    .remember(ServerKind.KAFKA, new ServerSelectionResult<>(ServerMode.OWN, Optional.of(server), ""));

            assertThat(ServersFile.of(home).find(ServerKind.KAFKA).orElseThrow().own())
                    .contains(server);
        }
        assertThat(temp.resolve("servers.properties")).content().doesNotContain("geheim");
    }

    @Test
    void aFileThatWasCutShortIsAUsersError() throws Exception {
        Files.writeString(temp.resolve("servers.properties"), "mysql=own\nmysql.url=jdbc\\:mysql\\://h/d\n");

        start(AUTO, "choice of servers cannot be read");
    }

    private void remember(ServerMode place) {
        try (Home home = Home.open(temp)) {
            ServersFile.of(home).remember(ServerKind.MYSQL, new ServerSelectionResult<>(place, Optional.empty(), ""));
            ServersFile.of(home).remember(ServerKind.S3, new ServerSelectionResult<>(place, Optional.empty(), ""));
        }
    }

    private AbstractThrowableAssert<?, ?> refused(ServerOptions options) {
        return start(options, "from the one that the options name", "Give another --home");
    }

    private AbstractThrowableAssert<?, ?> start(ServerOptions options, String... message) {
        AbstractThrowableAssert<?, ?> failure =
                assertThatThrownBy(() -> start(options)).isInstanceOf(UserError.class);
        for (String part : message) {
            failure.hasMessageContaining(part);
        }
        return failure;
    }

    private KafkaServer kafka(ServerOptions options) {
        try (Home home = Home.open(temp);
                LocalServers servers = LocalServers.start(home, options)) {
            return servers.kafka().address();
        }
    }

    private void start(ServerOptions options) {
        try (Home home = Home.open(temp);
                LocalServers servers = LocalServers.start(home, options)) {
            servers.mysql().address();
        }
    }

    private static void restore(String property, String value) {
        if (value == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, value);
        }
    }
}
