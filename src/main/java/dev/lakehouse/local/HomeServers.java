package dev.lakehouse.local;

import dev.lakehouse.source.kafka.KafkaServer;
import dev.lakehouse.source.mysql.MySqlServer;
import java.nio.file.Path;
import java.util.List;

/** The servers that a command on a home would use. None is started, and the home is not opened. */
public record HomeServers(
        PlannedServer<MySqlServer> mysql, PlannedServer<S3Endpoint> s3, PlannedServer<KafkaServer> kafka) {

    /**
     * Reads the choice that the home stores.
     *
     * @param home the directory, which need not exist
     * @throws dev.lakehouse.UserError if the choice cannot be read, or the options contradict it
     */
    public static HomeServers of(Path home, ServerOptions options) {
        ServersFile remembered = ServersFile.of(home);
        return new HomeServers(
                PlannedServer.of(ServerKind.MYSQL, options, remembered),
                PlannedServer.of(ServerKind.S3, options, remembered),
                PlannedServer.of(ServerKind.KAFKA, options, remembered));
    }

    /** All of them. */
    public List<PlannedServer<?>> all() {
        return List.of(mysql, s3, kafka);
    }
}
