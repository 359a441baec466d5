package dev.lakehouse.cli;

import dev.lakehouse.UserError;
import dev.lakehouse.local.DockerState;
import dev.lakehouse.local.EmbeddedMySqlCheck;
import dev.lakehouse.local.HomeServers;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What local servers need: Docker for containers, or libraries for the embedded MySQL server.
 *
 * @param home the directory, which need not exist
 * @param servers the servers that a command would use; empty if that is unknown
 */
record LocalServersCheck(Path home, Optional<HomeServers> servers) {

    /** Docker. Without it servers run embedded, so it is a problem only for a home that uses containers. */
    void docker(CheckResults results) {
        DockerState docker = DockerState.find();
        Optional<String> obstacle = docker.obstacle();
        boolean isNeeded = servers.stream().flatMap(all -> all.all().stream()).anyMatch(server -> server.isContainer());
        if (obstacle.isPresent() && isNeeded) {
            results.problem(
                    obstacle.get() + ", and servers are to run in containers.",
                    "Start Docker, or use --servers embedded with another --home.");
        } else if (obstacle.isPresent()) {
            results.note(obstacle.get() + "; it is not needed: servers that are not your own run embedded");
        } else if (docker.missingImages().isEmpty()) {
            results.ok("Docker answers and has the images");
        } else {
            results.note("Docker answers; the first use fetches " + String.join(", ", docker.missingImages()));
        }
    }

    /** The embedded MySQL server. A command may do without it, unless it is to run embedded. */
    void embeddedMySql(CheckResults results) {
        boolean isNeeded = servers.filter(
                        all -> all.mysql().isEmbedded() || all.mysql().isUndecided())
                .isPresent();
        try {
            results.ok("MariaDB " + EmbeddedMySqlCheck.version(home) + " finds its libraries");
        } catch (UserError e) {
            if (isNeeded) {
                results.problem(e);
            } else {
                results.warning(e);
            }
        }
    }
}
