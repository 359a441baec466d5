package dev.lakehouse.ledger;

import static java.lang.System.Logger.Level.WARNING;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.ledger.TaskRun.Outcome;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.storage.StoredFile;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Ledger rows that are not in the table yet: a local folder with a JSON file for each. A laptop's command collects its rows
 * here, because a commit for each task would take longer than many a task. A killed command leaves them to the next one.
 *
 * @param folder the folder; missing where no row was ever pending
 * @param session of the command, a part of the names of its files
 */
record PendingRuns(String folder, String session) {
    private static final Logger LOG = System.getLogger(PendingRuns.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Orders the rows of one millisecond. */
    private static final AtomicInteger ADDED = new AtomicInteger();

    /** The rows by their files, which do not change. The tasks of many tables ask for all of them again and again. */
    private static final Map<String, TaskRun> READ = new ConcurrentHashMap<>();

    /** Whether a commit of this process has begun and did not end well. */
    private static volatile boolean commitIsInDoubt;

    /** A row as text: {@link TaskRun} with plain types. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Line(
            String runId,
            String task,
            String startedAt,
            long durationMillis,
            Outcome outcome,
            String table,
            Long extract,
            BigDecimal checksum,
            Map<Measure, Long> measures,
            String message) {

        static Line of(TaskRun run) {
            Result result = run.result();
            return new Line(
                    run.runId(),
                    run.task(),
                    run.startedAt().toString(),
                    run.duration().toMillis(),
                    run.outcome(),
                    result.table().orElse(null),
                    result.extract().orElse(null),
                    result.checksum().orElse(null),
                    result.measures(),
                    run.message().orElse(null));
        }

        TaskRun run() {
            return new TaskRun(
                    runId,
                    task,
                    Instant.parse(startedAt),
                    Duration.ofMillis(durationMillis),
                    outcome,
                    new Result(
                            Optional.ofNullable(table),
                            Optional.ofNullable(extract),
                            Optional.ofNullable(checksum),
                            measures),
                    Optional.ofNullable(message));
        }
    }

    /** Adds a row. Tasks that run side by side may add rows at the same time. */
    void add(TaskRun run) {
        String name = String.format(
                Locale.ROOT,
                "%019d-%010d-%s-%s.json",
                System.currentTimeMillis(),
                ADDED.incrementAndGet(),
                session,
                UUID.randomUUID());
        try {
            FileStore.of(folder).create(folder + "/" + name, JSON.writeValueAsBytes(Line.of(run)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A row of the ledger has no JSON", e);
        }
    }

    /** The rows, in the order in which they were added. */
    List<TaskRun> all() {
        return List.copyOf(read().values());
    }

    /**
     * Commits the rows and removes them.
     *
     * @param missing of rows that an earlier command or a failed commit left behind those that are not in the table: its commit may have been
     *     the last thing that it did
     * @param commit called with all rows that are left, if there are any
     */
    void commit(UnaryOperator<List<TaskRun>> missing, Consumer<List<TaskRun>> commit) {
        Map<StoredFile, TaskRun> pending = read();
        Map<Boolean, List<TaskRun>> ours = pending.entrySet().stream()
                .collect(Collectors.partitioningBy(
                        row -> !commitIsInDoubt && row.getKey().name().contains("-" + session + "-"),
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        List<TaskRun> rows = new ArrayList<>(ours.get(false).isEmpty() ? List.of() : missing.apply(ours.get(false)));
        rows.addAll(ours.get(true));
        commitIsInDoubt = true;
        if (!rows.isEmpty()) {
            commit.accept(rows);
        }
        pending.keySet().forEach(file -> {
            FileStore.of(folder).delete(file.location());
            READ.remove(file.location());
        });
        commitIsInDoubt = false;
    }

    /** The rows by their files. A file that is damaged or of another version is left out and stays. */
    private Map<StoredFile, TaskRun> read() {
        Map<StoredFile, TaskRun> rows = new LinkedHashMap<>();
        for (StoredFile file : FileStore.of(folder).files(folder)) {
            if (file.name().endsWith(".json")) {
                read(file.location()).ifPresent(run -> rows.put(file, run));
            }
        }
        return rows;
    }

    private static Optional<TaskRun> read(String file) {
        try {
            return Optional.of(READ.computeIfAbsent(
                    file, unread -> parse(FileStore.of(file).text(file))));
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof JsonProcessingException)) {
                throw e;
            }
            LOG.log(WARNING, "The ledger row in " + file + " cannot be read", e);
            return Optional.empty();
        }
    }

    private static TaskRun parse(String text) {
        try {
            return JSON.readValue(text, Line.class).run();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
