package dev.lakehouse.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.storage.FileStore;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The history of a table whose storage is the catalogue, read from the files of its log as the Delta protocol describes them.
 * {@code DESCRIBE HISTORY} takes 0.2 s for a question of a few requests, and every load asks some ten times. Times are those of
 * the writers, not of the files. Such a table has no commits elsewhere, because no catalogue coordinates them.
 */
final class CommitFiles {
    private static final Instant UNKNOWN = Instant.EPOCH;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The newest version that was found last, by location. The search for the newest one starts there. */
    private static final Map<String, Long> FOUND = new ConcurrentHashMap<>();

    private final FileStore files;
    private final String log;

    private CommitFiles(String table) {
        this.files = FileStore.of(table);
        this.log = table + "/_delta_log";
    }

    /**
     * The newest commits, the last one first.
     *
     * @param table its location
     * @param most how many
     * @return fewer if there are no more; none if the log does not tell, and Delta must be asked, as for commits of writers that
     *     do not say what they did and when
     */
    static List<Commit> newest(String table, long most) {
        CommitFiles log = new CommitFiles(table);
        List<Commit> newest = new ArrayList<>();
        long last = log.newestVersion();
        for (long version = last; version >= 0 && newest.size() < most; version--) {
            Optional<Commit> commit = log.read(version);
            if (commit.isEmpty()) {
                break; // Delta removes old ones
            }
            newest.add(commit.get());
        }
        boolean areKnown = newest.stream().noneMatch(commit -> commit.at().equals(UNKNOWN));
        return areKnown ? newest : List.of();
    }

    /** When a table was created; empty if its first commit is not there any more, or does not say it. */
    static Optional<Instant> createdAt(String table) {
        return new CommitFiles(table)
                .action(0, "metaData")
                .filter(metadata -> metadata.hasNonNull("createdTime"))
                .map(metadata ->
                        Instant.ofEpochMilli(metadata.path("createdTime").asLong()));
    }

    /**
     * The version of the last commit, or -1 if the log has none. As versions have no gaps, the search doubles its step until a
     * version is missing, and then halves it.
     */
    private long newestVersion() {
        long newest = start();
        if (newest < 0) {
            return newest;
        }
        long step = 1;
        while (exists(newest + step)) {
            newest += step;
            step *= 2;
        }
        while (step > 1) {
            step /= 2;
            if (exists(newest + step)) {
                newest += step;
            }
        }
        FOUND.put(log, newest);
        return newest;
    }

    /** A version that exists: the newest known one, or that of the last checkpoint, or the first one. */
    private long start() {
        Long found = FOUND.get(log);
        if (found != null && exists(found)) {
            return found; // otherwise it was that of a deleted table, or the log was cleaned up
        }
        long checkpoint = lastCheckpoint();
        return exists(checkpoint) ? checkpoint : -1;
    }

    private boolean exists(long version) {
        return files.exists(file(version));
    }

    private String file(long version) {
        return String.format(Locale.ROOT, "%s/%020d.json", log, version);
    }

    private long lastCheckpoint() {
        String pointer = log + "/_last_checkpoint";
        try {
            return files.exists(pointer)
                    ? JSON.readTree(files.text(pointer)).path("version").asLong()
                    : 0;
        } catch (JsonProcessingException e) {
            return 0; // Delta reads a table with a damaged pointer as well
        }
    }

    /** Empty if there is no such file. */
    private Optional<Commit> read(long version) {
        return action(version, "commitInfo")
                .map(info -> info.isEmpty()
                        ? new Commit(version, UNKNOWN, "", "")
                        : new Commit(
                                version,
                                Instant.ofEpochMilli(info.path("inCommitTimestamp")
                                        .asLong(info.path("timestamp").asLong())),
                                info.path("operation").asText(""),
                                info.path("userMetadata").asText("")));
    }

    /** The first action of a kind in a version; without fields if it has none, and empty if there is no file of the version. */
    private Optional<JsonNode> action(long version, String kind) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(files.open(file(version)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode action =
                        line.contains("\"" + kind + "\"") ? JSON.readTree(line).path(kind) : null;
                if (action != null && action.isObject()) {
                    return Optional.of(action);
                }
            }
            return Optional.of(JSON.createObjectNode());
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof FileNotFoundException) {
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
