package dev.lakehouse.cli;

import dev.lakehouse.UserError;
import dev.lakehouse.local.DockerState;
import dev.lakehouse.local.EmbeddedMySqlCheck;
import dev.lakehouse.local.HomeServers;
import dev.lakehouse.local.PlannedServer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What local servers need: Docker for containers, or libraries for the embedded MySQL server.
 *
 * @param home the directory, which need not exist
 * @param servers the servers that a command would use; empty if that is unknown
 */
record LocalServersCheck(Path home, Optional<HomeServers> servers) {

    /** Docker. Without it servers run embedded, so it is a problem only where servers are to run in containers. */
    void docker(CheckResults results) {
        if (servers.isPresent() && !isAny(PlannedServer::isContainer) && !isAny(PlannedServer::isUndecided)) {
            results.note("Docker is not asked: no server of this home runs in a container");
            return;
        }
        DockerState docker = DockerState.find();
        Optional<String> obstacle = docker.obstacle();
        if (obstacle.isPresent() && isAny(PlannedServer::isContainer)) {
            results.problem(
                    obstacle.get() + ", and servers are to run in containers.",
                    "Start Docker, or use --servers embedded with another --home.");
        } else if (obstacle.isPresent()) {
            results.note(obstacle.get() + "; local servers run embedded");
        } else if (docker.missingImages().isEmpty()) {
            results.ok("Docker answers and has the images");
        } else {
            results.note("Docker answers; the first use fetches " + String.join(", ", docker.missingImages()));
        }
    }

    static void dockerIsLate(CheckResults results) {
        results.warning(
                "Docker does not answer in time; a run waits for it.", "Restart Docker, or use --servers embedded.");
    }

    private boolean isAny(Predicate<PlannedServer<?>> property) {
        return servers.stream().flatMap(all -> all.all().stream()).anyMatch(property);
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
