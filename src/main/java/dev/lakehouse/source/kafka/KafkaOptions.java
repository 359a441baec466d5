package dev.lakehouse.source.kafka;

import dev.lakehouse.secrets.SecretReference;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/**
 * The options of a task's connection to Kafka. Workflow files always pass all of them; an empty value means that the
 * option is not set. Only the address is required.
 */
public final class KafkaOptions {
    @Option(names = "--kafka", required = true, description = "Kafka's servers: HOST:PORT[,HOST:PORT...]")
    private String servers;

    @Option(
            names = "--kafka-security",
            defaultValue = "",
            description = "PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL (default: PLAINTEXT)")
    private String security;

    @Option(
            names = "--kafka-mechanism",
            defaultValue = "",
            description = "SASL mechanism of the login: PLAIN or SCRAM-SHA-512 (default: PLAIN)")
    private String mechanism;

    @Option(names = "--kafka-user", defaultValue = "", description = "The account, if there is a login")
    private String user;

    @Option(
            names = "--kafka-password",
            converter = ReferenceOrNothing.class,
            description = "Reference to its password: env:NAME, file:PATH or databricks:SCOPE/KEY")
    private SecretReference password;

    /** The cluster that the options name. */
    public KafkaServer server() {
        return KafkaServer.of(servers, security, mechanism, user, Optional.ofNullable(password));
    }

    /** Reads a {@link SecretReference}; null if the text is empty. */
    static final class ReferenceOrNothing implements ITypeConverter<SecretReference> {
        @Override
        public SecretReference convert(String value) {
            return value.isEmpty() ? null : SecretReference.parse(value);
        }
    }
}
