package dev.lakehouse.local;

import dev.lakehouse.source.kafka.KafkaServer;
import dev.lakehouse.source.mysql.MySqlServer;

/**
 * The servers of a command: the user's own, or local ones that run until this is closed or the process is stopped. S3
 * starts first; MySQL and Kafka start at their first use. The home stores the choice; see {@link ServerOptions}.
 */
public final class LocalServers implements AutoCloseable {
    private final LocalServer<MySqlServer> mysql;
    private final LocalServer<S3Endpoint> s3;
    private final LocalServer<KafkaServer> kafka;
    private final Thread atExit = new Thread(this::stop, "stop local servers");
    private boolean stopped;

    private LocalServers(Home home, ServerOptions options, ServersFile remembered) {
        mysql = new LocalServer<>(ServerKind.MYSQL, home, options, remembered);
        s3 = new LocalServer<>(ServerKind.S3, home, options, remembered);
        kafka = new LocalServer<>(ServerKind.KAFKA, home, options, remembered);
    }

    /**
     * Starts S3, unless it is the user's own, and returns when it answers. The home must be closed after the servers.
     *
     * @throws dev.lakehouse.UserError if the options contradict the choice stored in the home, or S3 does not start
     */
    public static LocalServers start(Home home, ServerOptions options) {
        LocalServers servers = new LocalServers(home, options, ServersFile.of(home));
        boolean answers = false;
        try {
            Runtime.getRuntime().addShutdownHook(servers.atExit);
            servers.s3.address();
            answers = true;
            return servers;
        } finally {
            if (!answers) {
                servers.close();
            }
        }
    }

    /** The database of the lakehouse's source tables. */
    public LocalServer<MySqlServer> mysql() {
        return mysql;
    }

    /** The bucket of landing and warehouse. */
    public LocalServer<S3Endpoint> s3() {
        return s3;
    }

    public LocalServer<KafkaServer> kafka() {
        return kafka;
    }

    /** Stops the servers that were started. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is ending: the hook already runs, and a second stop does nothing.
        }
        stop();
    }

    private synchronized void stop() {
        if (!stopped) {
            stopped = true;
            try (mysql;
                    s3;
                    kafka) {
                // Closing stops all of them, even if one fails.
            }
        }
    }
}
