package dev.lakehouse.cli;

import dev.lakehouse.UserError;
import dev.lakehouse.local.S3Endpoint;
import dev.lakehouse.local.ServerChoice;
import dev.lakehouse.local.ServerOptions;
import dev.lakehouse.secrets.SecretReference;
import dev.lakehouse.source.kafka.KafkaServer;
import dev.lakehouse.source.mysql.MySqlServer;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The options of every command, before or after its name. */
final class GlobalOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--home",
            scope = ScopeType.INHERIT,
            defaultValue = ".lakehouse",
            paramLabel = "DIR",
            description = "Directory of all local state (default: ${DEFAULT-VALUE})")
    private Path home;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show the log on the terminal, including Spark's")
    private boolean verbose;

    @Option(
            names = "--servers",
            scope = ScopeType.INHERIT,
            defaultValue = "auto",
            paramLabel = "KIND",
            description = "How local servers are run: auto, embedded or containers (default: as in the home, else"
                    + " containers if Docker is available)")
    private ServerChoice servers;

    @Option(
            names = "--mysql",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            description = "Your own MySQL: jdbc:mysql://HOST:PORT/DATABASE")
    private String mysql;

    @Option(names = "--mysql-user", scope = ScopeType.INHERIT, paramLabel = "NAME", description = "Its user")
    private String mysqlUser;

    @Option(
            names = "--mysql-password",
            scope = ScopeType.INHERIT,
            paramLabel = "REF",
            description = "Reference to its password: env:NAME or file:PATH")
    private SecretReference mysqlPassword;

    @Option(names = "--s3", scope = ScopeType.INHERIT, paramLabel = "URL", description = "Your own S3 endpoint")
    private String s3;

    @Option(
            names = "--s3-bucket",
            scope = ScopeType.INHERIT,
            defaultValue = "lakehouse",
            paramLabel = "NAME",
            description = "Its bucket (default: ${DEFAULT-VALUE})")
    private String s3Bucket;

    @Option(
            names = "--s3-region",
            scope = ScopeType.INHERIT,
            defaultValue = "us-east-1",
            paramLabel = "NAME",
            description = "Its region (default: ${DEFAULT-VALUE})")
    private String s3Region;

    @Option(
            names = "--s3-access-key",
            scope = ScopeType.INHERIT,
            paramLabel = "REF",
            description = "Reference to its access key: env:NAME or file:PATH")
    private SecretReference s3AccessKey;

    @Option(
            names = "--s3-secret-key",
            scope = ScopeType.INHERIT,
            paramLabel = "REF",
            description = "Reference to its secret key: env:NAME or file:PATH")
    private SecretReference s3SecretKey;

    @Option(
            names = "--kafka",
            scope = ScopeType.INHERIT,
            paramLabel = "SERVERS",
            description = "Your own Kafka: HOST:PORT[,HOST:PORT...]")
    private String kafka;

    @Option(
            names = "--kafka-security",
            scope = ScopeType.INHERIT,
            defaultValue = "PLAINTEXT",
            paramLabel = "KIND",
            description = "Security protocol: PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL (default: ${DEFAULT-VALUE})")
    private String kafkaSecurity;

    @Option(
            names = "--kafka-mechanism",
            scope = ScopeType.INHERIT,
            defaultValue = "PLAIN",
            paramLabel = "NAME",
            description = "SASL mechanism: PLAIN or SCRAM-SHA-512 (default: ${DEFAULT-VALUE})")
    private String kafkaMechanism;

    @Option(
            names = "--kafka-user",
            scope = ScopeType.INHERIT,
            defaultValue = "",
            paramLabel = "NAME",
            description = "Its user, if it requires a login")
    private String kafkaUser;

    @Option(
            names = "--kafka-password",
            scope = ScopeType.INHERIT,
            paramLabel = "REF",
            description = "Reference to its password: env:NAME or file:PATH")
    private SecretReference kafkaPassword;

    @Option(
            names = "--heap",
            scope = ScopeType.INHERIT,
            paramLabel = "SIZE",
            description = "Memory of the JVM, such as 4g (default: 2g)")
    void heap(String size) {
        // Only for the help: the launcher has already used this option to start this JVM.
    }

    @Option(
            names = "--project",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description = "Another project, to use its workflows/ and local.yml (default: this one)")
    void project(Path directory) {
        // Only for the help: the launcher has already used this option to start this JVM.
    }

    Path home() {
        return home;
    }

    boolean isVerbose() {
        return verbose;
    }

    /** The servers of the options. Invalid or incomplete options are wrong usage. */
    ServerOptions servers() {
        try {
            return asked();
        } catch (UserError e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    private ServerOptions asked() {
        ServerOptions options = ServerOptions.of(servers);
        if (mysql != null) {
            options = options.with(new MySqlServer(
                    mysql,
                    required("--mysql", "--mysql-user", mysqlUser),
                    required("--mysql", "--mysql-password", mysqlPassword)));
        }
        if (s3 != null) {
            options = options.with(new S3Endpoint(
                    s3,
                    s3Region,
                    s3Bucket,
                    required("--s3", "--s3-access-key", s3AccessKey),
                    required("--s3", "--s3-secret-key", s3SecretKey)));
        }
        if (kafka != null) {
            options = options.with(KafkaServer.of(
                    kafka, kafkaSecurity, kafkaMechanism, kafkaUser, Optional.ofNullable(kafkaPassword)));
        }
        return options;
    }

    private static <T> T required(String option, String other, T value) {
        if (value == null) {
            throw new UserError(
                    option + " was given without " + other + ".",
                    "A connection to your own server needs its address and an account.",
                    "Give " + other + " as well; passwords and keys as env:NAME or file:PATH.");
        }
        return value;
    }
}
