package dev.lakehouse.local;

import dev.lakehouse.UserError;
import dev.lakehouse.secrets.SecretReference;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The choice of servers of a home, in {@code servers.properties}: how each is run, and the address and the secret
 * references of the user's own servers.
 */
final class ServersFile {
    private static final String REASON = "stored in this home";

    private final Path file;
    private final BiConsumer<Path, String> writer;
    private final Map<String, String> values = new TreeMap<>();

    private ServersFile(Path home, BiConsumer<Path, String> writer) {
        this.file = home.resolve("servers.properties");
        this.writer = writer;
    }

    static ServersFile of(Home home) {
        return read(new ServersFile(home.directory(), home::writeOwnerOnly));
    }

    /** The choice of a home that is not open, and may not exist. It cannot be changed. */
    static ServersFile of(Path home) {
        return read(new ServersFile(home, (file, text) -> {
            throw new IllegalStateException("The home is not open");
        }));
    }

    private static ServersFile read(ServersFile servers) {
        if (Files.exists(servers.file)) {
            Properties properties = new Properties();
            try (Reader in = Files.newBufferedReader(servers.file)) {
                properties.load(in);
            } catch (IOException | IllegalArgumentException e) {
                throw servers.unreadable(e);
            }
            properties.stringPropertyNames().forEach(key -> servers.values.put(key, properties.getProperty(key)));
        }
        return servers;
    }

    /** The server of a kind that this home uses; empty if it has not needed one yet. */
    <T> Optional<ServerSelectionResult<T>> find(ServerKind<T> kind) {
        return find(kind.key()).map(this::place).map(place -> {
            Optional<T> own = place == ServerMode.OWN ? Optional.of(kind.read().apply(this)) : Optional.empty();
            return new ServerSelectionResult<>(place, own, REASON);
        });
    }

    /** Stores the choice for later commands. */
    synchronized <T> void remember(ServerKind<T> kind, ServerSelectionResult<T> chosen) {
        Map<String, String> before = Map.copyOf(values);
        values.keySet().removeIf(key -> key.equals(kind.key()) || key.startsWith(kind.key() + "."));
        values.put(kind.key(), chosen.place().word());
        chosen.own().map(kind.written()).ifPresent(values::putAll);
        if (!values.equals(before)) {
            write();
        }
    }

    private void write() {
        Properties properties = new Properties();
        properties.putAll(values);
        StringWriter text = new StringWriter();
        try {
            properties.store(text, "The servers of this home; to use others, create another home.");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        writer.accept(file, text.toString());
    }

    private ServerMode place(String word) {
        try {
            return ServerMode.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    synchronized Optional<String> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    String value(String key) {
        return find(key).orElseThrow(() -> unreadable(null));
    }

    SecretReference secret(String key) {
        return SecretReference.parse(value(key));
    }

    /** The reference with an absolute path, because later commands may run in another directory. */
    static String absolute(SecretReference secret) {
        return secret.kind() == SecretReference.Kind.FILE
                ? SecretReference.file(Path.of(secret.name()).toAbsolutePath()).toString()
                : secret.toString();
    }

    private UserError unreadable(Exception e) {
        return new UserError(
                "The home's choice of servers cannot be read: " + file + ".",
                "The file was truncated or edited.",
                "Correct it, or delete it and repeat the options of the home's first command.",
                e);
    }
}
