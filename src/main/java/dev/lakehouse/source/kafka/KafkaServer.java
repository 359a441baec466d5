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
 * @param servers where it is first asked: {@code HOST:PORT[,HOST:PORT…]}
 * @param security its security protocol
 * @param login who one is to it, where it wants to know (the two kinds of SASL)
 */
public record KafkaServer(String servers, Security security, Optional<Login> login) {
    private static final String HOST_AND_PORT = "([^\\s,:/@\\[\\]]+|\\[[0-9a-fA-F:.]+]):\\d{1,5}";

    /** Databricks brings Kafka's classes under this name: those that Spark's source there uses. */
    private static final String SHADED = "kafkashaded.";

    /** Whether the connection is encrypted, and whether it begins with a login. */
    public enum Security {
        PLAINTEXT,
        SSL,
        SASL_PLAINTEXT,
        SASL_SSL;

        boolean wantsLogin() {
            return this == SASL_PLAINTEXT || this == SASL_SSL;
        }
    }

    /** How a login proves that it knows the password. */
    public enum Mechanism {
        PLAIN("PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule"),
        SCRAM_SHA_512("SCRAM-SHA-512", "org.apache.kafka.common.security.scram.ScramLoginModule");

        private final String word;
        private final String module;

        Mechanism(String word, String module) {
            this.word = word;
            this.module = module;
        }

        /** As Kafka writes it. */
        public String word() {
            return word;
        }
    }

    /**
     * An account.
     *
     * @param user its name
     * @param password where its password is kept
     */
    public record Login(Mechanism mechanism, String user, SecretReference password) {}

    public KafkaServer {
        if (!servers.matches(HOST_AND_PORT + "(," + HOST_AND_PORT + ")*")) {
            // Not repeated: somebody may have put a login into it.
            throw new UserError(
                    "The Kafka address is not of the form HOST:PORT[,HOST:PORT…].",
                    "Each server is named by its host and its port, without a scheme, a login or blanks.",
                    "Give for example kafka.internal:9092.");
        }
        if (security.wantsLogin() && login.isEmpty()) {
            throw new UserError(
                    "Kafka's security " + security + " was given without a login.",
                    "It asks who one is before anything else.",
                    "Give --kafka-user and --kafka-password (env:NAME or file:PATH), or another --kafka-security.");
        }
        if (!security.wantsLogin() && login.isPresent()) {
            throw new UserError(
                    "A login for Kafka was given with the security " + security + ".",
                    "With it Kafka asks for none, so the login would be passed over without a word.",
                    "Give --kafka-security SASL_SSL (or SASL_PLAINTEXT), or leave user and password out.");
        }
    }

    /** A cluster that wants neither encryption nor a login. */
    public static KafkaServer plaintext(String servers) {
        return new KafkaServer(servers, Security.PLAINTEXT, Optional.empty());
    }

    /**
     * A cluster as options and files name it, in which an empty text says that there is no such thing.
     *
     * @param security the word of a {@link Security}; empty: the one without encryption and login
     * @param mechanism the word of a {@link Mechanism}; empty: the password itself
     * @param user the account
     * @param password where its password is kept
     */
    public static KafkaServer of(
            String servers, String security, String mechanism, String user, Optional<SecretReference> password) {
        if (user.isEmpty() != password.isEmpty()) {
            throw new UserError(
                    "A login for Kafka is "
                            + (user.isEmpty() ? "a password without a user." : "a user without a password."),
                    "An account is known by both.",
                    "Give --kafka-user and --kafka-password (env:NAME or file:PATH), or neither.");
        }
        Optional<Login> login = password.map(secret ->
                new Login(known("mechanism", mechanism, List.of(Mechanism.values()), Mechanism::word), user, secret));
        return new KafkaServer(servers, known("security", security, List.of(Security.values()), Security::name), login);
    }

    /**
     * Properties of Kafka's own clients. The password is among the values: they go to a client only, which does not
     * print this one.
     */
    public Map<String, String> clientOptions() {
        return options(isLoadable(Mechanism.PLAIN.module) ? "" : SHADED);
    }

    /** Options of Spark's source and sink, whose values hold the password too. */
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

    /** As the reader of such a configuration takes it apart again, whatever is in it. */
    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
    }

    /** The one of a word, in any case; the first where there is no word. */
    private static <T> T known(String what, String word, List<T> all, Function<T, String> name) {
        if (word.isEmpty()) {
            return all.get(0);
        }
        return all.stream()
                .filter(candidate -> name.apply(candidate).equals(word.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new UserError(
                        "'" + word + "' is no " + what + " of Kafka's that can be used here.",
                        "Known are " + all.stream().map(name).collect(Collectors.joining(", ")) + ".",
                        "Give one of these as --kafka-" + what + ", or leave it out."));
    }
}
