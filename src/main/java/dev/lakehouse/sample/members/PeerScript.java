package dev.lakehouse.sample.members;

import static java.lang.System.Logger.Level.WARNING;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.UserError;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.storage.FileStore;
import java.io.IOException;
import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A script that measures other programs. It gets the address and login of a database in the environment and prints a line of
 * JSON for each program, as {@code bench/peers} does.
 */
record PeerScript(String path) {
    private static final Logger LOG = System.getLogger(PeerScript.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "name";
    private static final String FAILED = "failed";

    /**
     * A program.
     *
     * @param name of the program and what it did
     * @param seconds by the clock, of each repetition
     * @param cpuSeconds of the program without MySQL, of each repetition
     * @param peakBytes the most memory that it had
     */
    record Peer(String name, Series seconds, Series cpuSeconds, long peakBytes) {}

    static PeerScript of(String path) {
        if (!FileStore.of(path).exists(path)) {
            throw new UserError(
                    "There is no script " + path + ".",
                    "--peers names a program that measures other programs.",
                    "Use --peers bench/peers in the project's directory.");
        }
        return new PeerScript(path);
    }

    /**
     * What the script printed.
     *
     * @param lines a tree of JSON for each program
     */
    record Measurement(List<JsonNode> lines) {
        static final Measurement NONE = new Measurement(List.of());

        List<Peer> peers() {
            return lines.stream()
                    .filter(line -> !line.has(FAILED))
                    .map(PeerScript::peer)
                    .toList();
        }

        /** The names of programs that failed; they have printed why. */
        List<String> failed() {
            return lines.stream()
                    .filter(line -> line.has(FAILED))
                    .map(line -> line.path(NAME).asText())
                    .toList();
        }
    }

    Measurement measure(MySqlServer server, long rows, long repeat) {
        String address = server.address().replaceFirst("^jdbc:mysql://", "");
        ProcessBuilder builder = new ProcessBuilder(path).redirectError(ProcessBuilder.Redirect.INHERIT);
        // Not as arguments, which everybody on the machine can see.
        builder.environment().put("PEERS_MYSQL", address);
        builder.environment().put("PEERS_USER", server.user());
        builder.environment().put("PEERS_PASSWORD", server.password().resolve());
        builder.environment().put("PEERS_TABLE", MembersSource.TABLE);
        builder.environment().put("PEERS_ROWS", Long.toString(rows));
        builder.environment().put("PEERS_REPEAT", Long.toString(repeat));
        Process process = null;
        try {
            process = builder.start();
            process.getOutputStream().close();
            List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            if (process.waitFor() != 0) {
                LOG.log(WARNING, path + " ended with status " + process.exitValue());
                return nothing();
            }
            return new Measurement(lines.stream().map(PeerScript::tree).toList());
        } catch (IOException e) {
            LOG.log(WARNING, path + " could not be started or read", e);
            return nothing();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while other programs ran", e);
        } finally {
            if (process != null) {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
            }
        }
    }

    /** What was measured here is not lost because of other programs. */
    private static Measurement nothing() {
        return new Measurement(
                List.of(JSON.createObjectNode().put(NAME, "other programs").put(FAILED, true)));
    }

    private static JsonNode tree(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Not a line of JSON: " + line, e);
        }
    }

    private static Peer peer(JsonNode line) {
        return new Peer(
                line.path(NAME).asText(),
                numbers(line.path("seconds")),
                numbers(line.path("cpuSeconds")),
                line.path("peakBytes").asLong());
    }

    private static Series numbers(JsonNode array) {
        return Series.of(StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asDouble)
                .toList());
    }
}
