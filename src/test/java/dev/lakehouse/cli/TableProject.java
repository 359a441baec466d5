package dev.lakehouse.cli;

import dev.lakehouse.testing.TableWorkflows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A project of which only the workflows differ from this one: those of {@code members} copied for other tables and changed
 * as README describes.
 */
final class TableProject {
    private static final Path ORIGINAL =
            Path.of(System.getProperty("lakehouse.root")).toAbsolutePath();

    private final Path root;

    private TableProject(Path root) {
        this.root = root;
    }

    /** A project with the workflows that this one has. */
    static TableProject in(Path root) throws IOException {
        Files.createDirectories(root);
        Files.copy(ORIGINAL.resolve("local.yml"), root.resolve("local.yml"));
        for (String shared : List.of("schemas", "target")) {
            Files.createSymbolicLink(root.resolve(shared), ORIGINAL.resolve(shared));
        }
        Path workflows = Files.createDirectories(root.resolve("workflows"));
        try (var files = Files.list(ORIGINAL.resolve("workflows"))) {
            for (Path file : files.toList()) {
                Files.copy(file, workflows.resolve(file.getFileName()));
            }
        }
        return new TableProject(root);
    }

    Path root() {
        return root;
    }

    /**
     * Adds the two workflows of a table, whose target is {@code shop.TABLE}.
     *
     * @param product what runs both of them, and those of other tables with the same word
     * @param partition of the files; empty for none
     */
    void add(String table, String product, String partition) throws IOException {
        TableWorkflows added = new TableWorkflows(table, product, "shop." + table, partition, "");
        Path workflows = root.resolve("workflows");
        Files.writeString(workflows.resolve(table + "_extract.yml"), added.extract());
        Files.writeString(workflows.resolve(table + "_load.yml"), added.load());
    }
}
