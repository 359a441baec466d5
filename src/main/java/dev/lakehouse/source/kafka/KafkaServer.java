package dev.lakehouse.source.kafka;

import dev.lakehouse.UserError;
import dev.lakehouse.secrets.SecretReference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A Kafka cluster as a user names it.
 *
 * @param servers the bootstrap servers: {@code HOST:PORT[,HOST:PORT…]}
 * @param security its security protocol
 * @param login the account; required for SASL
 */
public record KafkaServer(String servers, Security security, Optional<Login> login) {
    private static final String HOST_AND_PORT = "([^\\s,:/@\\[\\]]+|\\[[0-9a-fA-F:.]+]):\\d{1,5}";

    /** The package prefix of Kafka's classes on Databricks, which Spark's Kafka source uses there. */
    private static final String SHADED = "kafkashaded.";

    /** The security protocol: whether the connection is encrypted and whether it needs a login. */
    public enum Security {
        PLAINTEXT,
        SSL,
        SASL_PLAINTEXT,
        SASL_SSL;

        boolean wantsLogin() {
            return this == SASL_PLAINTEXT || this == SASL_SSL;
        }
    }

    /** The SASL mechanism of a login. */
    public enum Mechanism {
        PLAIN("PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule"),
        SCRAM_SHA_512("SCRAM-SHA-512", "org.apache.kafka.common.security.scram.ScramLoginModule");

        private final String word;
        private final String module;

        Mechanism(String word, String module) {
            this.word = word;
            this.module = module;
        }

        /** Kafka's name of the mechanism. */
        public String word() {
            return word;
        }
    }

    /**
     * An account.
     *
     * @param user its name
     * @param password the reference to its password
     */
    public record Login(Mechanism mechanism, String user, SecretReference password) {}

    public KafkaServer {
        if (!servers.matches(HOST_AND_PORT + "(," + HOST_AND_PORT + ")*")) {
            // The address is not repeated, because it may contain a login.
            throw new UserError(
                    "The Kafka address is not of the form HOST:PORT[,HOST:PORT…].",
                    "Each server is given by host and port, without a scheme, a login or blanks.",
                    "Give, for example, kafka.internal:9092.");
        }
        if (security.wantsLogin() && login.isEmpty()) {
            throw new UserError(
                    "Kafka's security " + security + " was given without a login.",
                    "This security protocol requires a login.",
                    "Give --kafka-user and --kafka-password (env:NAME or file:PATH), or another --kafka-security.");
        }
        if (!security.wantsLogin() && login.isPresent()) {
            throw new UserError(
                    "A login for Kafka was given with the security " + security + ".",
                    "This security protocol has no login, so the login would be ignored.",
                    "Give --kafka-security SASL_SSL (or SASL_PLAINTEXT), or leave user and password out.");
        }
    }

    /** A cluster without encryption and login. */
    public static KafkaServer plaintext(String servers) {
        return new KafkaServer(servers, Security.PLAINTEXT, Optional.empty());
    }

    /**
     * A cluster from options and files, where an empty text means that a value is not set.
     *
     * @param security the name of a {@link Security}; empty for PLAINTEXT
     * @param mechanism the name of a {@link Mechanism}; empty for PLAIN
     * @param user the account
     * @param password the reference to its password
     */
    public static KafkaServer of(
            String servers, String security, String mechanism, String user, Optional<SecretReference> password) {
        if (user.isEmpty() != password.isEmpty()) {
            throw new UserError(
                    "The login for Kafka has "
                            + (user.isEmpty() ? "a password but no user." : "a user but no password."),
                    "A login needs both.",
                    "Give --kafka-user and --kafka-password (env:NAME or file:PATH), or neither.");
        }
        Optional<Login> login = password.map(secret ->
                new Login(known("mechanism", mechanism, List.of(Mechanism.values()), Mechanism::word), user, secret));
        return new KafkaServer(servers, known("security", security, List.of(Security.values()), Security::name), login);
    }

    /**
     * Properties for Kafka's own clients. They include the password, so they are only passed to a client, which does
     * not print it.
     */
    public Map<String, String> clientOptions() {
        return options(isLoadable(Mechanism.PLAIN.module) ? "" : SHADED);
    }

    /** Options for Spark's Kafka source and sink. They include the password too. */
    public Map<String, String> sparkOptions() {
        Map<String, String> options = new LinkedHashMap<>();
        options(isLoadable(SHADED + Mechanism.PLAIN.module) ? SHADED : "")
                .forEach((name, value) -> options.put("kafka." + name, value));
        return Collections.unmodifiableMap(options);
    }

    private Map<String, String> options(String shaded) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("bootstrap.servers", servers);
        options.put("security.protocol", security.name());
        login.ifPresent(account -> {
            options.put("sasl.mechanism", account.mechanism().word());
            options.put(
                    "sasl.jaas.config",
                    shaded + account.mechanism().module + " required username=" + quoted(account.user()) + " password="
                            + quoted(account.password().resolve()) + ";");
        });
        return Collections.unmodifiableMap(options);
    }

    private static boolean isLoadable(String name) {
        try {
            Class.forName(name, false, KafkaServer.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Quotes a value for a JAAS configuration. */
    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
    }

    /** The value with a name, in any case; the first value if the name is empty. */
    private static <T> T known(String what, String word, List<T> all, Function<T, String> name) {
        if (word.isEmpty()) {
            return all.get(0);
        }
        return all.stream()
                .filter(candidate -> name.apply(candidate).equals(word.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new UserError(
                        "'" + word + "' is not a supported value of --kafka-" + what + ".",
                        "Supported are " + all.stream().map(name).collect(Collectors.joining(", ")) + ".",
                        "Give one of these as --kafka-" + what + ", or omit the option."));
    }
}
