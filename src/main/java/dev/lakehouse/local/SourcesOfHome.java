package dev.lakehouse.local;

import dev.lakehouse.UserError;
import dev.lakehouse.secrets.SecretReference;
import dev.lakehouse.source.mysql.MySqlServer;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The MySQL databases that were added to a home, in {@code sources.properties}: where each is, with a reference to its
 * password. A database can also be on the home's own MySQL server, whose address is known when it runs.
 */
public final class SourcesOfHome {
    private static final String OF_HOME = "home";

    private final Path file;

    private SourcesOfHome(Path home) {
        this.file = home.resolve("sources.properties");
    }

    /** The databases of a home. */
    public static SourcesOfHome of(Home home) {
        return new SourcesOfHome(home.directory());
    }

    /** The same for a command that does not open the home. */
    public static SourcesOfHome of(Path home) {
        return new SourcesOfHome(home);
    }

    /** The server of each database by its name; empty for the home's own server. */
    public Map<String, Optional<MySqlServer>> all() {
        Properties values = read();
        Map<String, Optional<MySqlServer>> servers = new TreeMap<>();
        for (String key : values.stringPropertyNames()) {
            if (!key.contains(".")) {
                servers.put(
                        key,
                        OF_HOME.equals(values.getProperty(key))
                                ? Optional.empty()
                                : Optional.of(new MySqlServer(
                                        value(values, key + ".url"),
                                        value(values, key + ".user"),
                                        SecretReference.parse(value(values, key + ".password")))));
            }
        }
        return servers;
    }

    /**
     * Stores where a database is, in place of an earlier address.
     *
     * @param home the open home
     * @param server empty for the home's own server
     */
    public void remember(Home home, String name, Optional<MySqlServer> server) {
        Properties values = read();
        values.keySet().removeIf(key -> key.equals(name) || key.toString().startsWith(name + "."));
        values.setProperty(name, server.isPresent() ? "own" : OF_HOME);
        server.ifPresent(own -> {
            values.setProperty(name + ".url", own.url());
            values.setProperty(name + ".user", own.user());
            values.setProperty(name + ".password", ServersFile.absolute(own.password()));
        });
        StringWriter text = new StringWriter();
        try {
            values.store(text, "The MySQL databases that were added to this home.");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        home.writeOwnerOnly(file, text.toString());
    }

    private Properties read() {
        Properties values = new Properties();
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                values.load(in);
            } catch (IOException | IllegalArgumentException e) {
                throw unreadable(e);
            }
        }
        return values;
    }

    private String value(Properties values, String key) {
        return Optional.ofNullable(values.getProperty(key)).orElseThrow(() -> unreadable(null));
    }

    private UserError unreadable(Exception e) {
        return new UserError(
                "The home's list of databases cannot be read: " + file + ".",
                "The file was truncated or edited.",
                "Correct it, or delete it and run './lakehouse add NAME --mysql …' again.",
                e);
    }
}
