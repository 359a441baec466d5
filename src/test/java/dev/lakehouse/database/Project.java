package dev.lakehouse.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.task.SourceFile;
import dev.lakehouse.task.TableSettings;
import dev.lakehouse.testing.TestServers;
import dev.lakehouse.workflow.Workflow;
import dev.lakehouse.workflow.Workflows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An empty project, and a database that is added to it as {@code shop}. */
final class Project {
    static final Choices NOTHING = new Choices(List.of(), List.of(), Map.of(), null);

    private final Path directory;
    private final MySqlServer server = TestServers.freshDatabase();

    Project(Path directory) {
        this.directory = directory;
    }

    Project mysql(String... statements) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
            return this;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Creates tables of one column, which is their key. */
    Project tables(String... names) {
        for (String name : names) {
            mysql("CREATE TABLE `" + name.replace("`", "``") + "` (id INT PRIMARY KEY)");
        }
        return this;
    }

    MySqlServer server() {
        return server;
    }

    DatabaseFiles files() {
        return new DatabaseFiles(directory, "shop");
    }

    /** The lines of the plan. */
    String plan(Choices given) {
        return plan(server, given);
    }

    String plan(MySqlServer as, Choices given) {
        Optional<SourceFile> before = files().read();
        DatabasePlan plan = DatabasePlan.of(as, before.map(given::orPatternsOf).orElse(given), before);
        return String.join("\n", PlanReport.lines(plan, "shop", before));
    }

    /** Adds the database; returns the files that were written. */
    List<String> add(Choices given) {
        Optional<SourceFile> before = files().read();
        Choices choices = before.map(given::orPatternsOf).orElse(given);
        return files().write(DatabasePlan.of(server, choices, before), choices, Optional.of(server));
    }

    /** The file of the database, as tasks read it. */
    SourceFile source() {
        return files().read().orElseThrow();
    }

    TableSettings settings(String table) {
        return source().tables().get(table);
    }

    /** The names of the Delta tables by those of the tables that are copied. */
    Map<String, String> targets() {
        Map<String, String> targets = new LinkedHashMap<>();
        source().tables().forEach((name, settings) -> {
            if (settings.isCopied()) {
                targets.put(name, settings.target(name));
            }
        });
        return targets;
    }

    /** The tables over which both workflows run, as the runner reads them. */
    List<String> inputs() {
        List<Workflow> workflows =
                Workflows.read(directory.resolve("workflows")).find("shop");
        List<List<String>> lists = workflows.stream()
                .map(workflow -> list(workflow.parameters().get("tables")))
                .toList();
        if (lists.size() != 2 || !lists.get(0).equals(lists.get(1))) {
            throw new AssertionError(lists);
        }
        return lists.get(0);
    }

    @SuppressWarnings("unchecked")
    private static List<String> list(String json) {
        try {
            return new ObjectMapper().readValue(json, List.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    Path write(String file, String text) {
        try {
            Path path = directory.resolve(file);
            Files.createDirectories(path.getParent());
            return Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
