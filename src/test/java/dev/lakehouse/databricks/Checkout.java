package dev.lakehouse.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of what a person deploys from: the bundle's files and the jar, on the branch main. */
record Checkout(Path root) {
    private static final Path PROJECT = Path.of(System.getProperty("lakehouse.root"));
    private static final List<String> COPIED = List.of(
            "databricks.yml",
            "local.yml",
            ".gitignore",
            "resources",
            "workflows",
            "schemas",
            "template",
            "target/lakehouse.jar");

    /**
     * Stands for Maven. A deployment builds the jar first; Maven would take half a minute each time and replace the jar
     * that these tests are about, so here only the command is checked and the copied jar is the build's result.
     */
    private static final String MAVEN = """
            #!/bin/sh
            if [ "$*" = "-B -DskipTests package" ] && [ -f databricks.yml ]; then exit 0; fi
            echo "not the build command of the project: mvn $* in $PWD" >&2
            exit 1
            """;

    static Checkout in(Path folder) throws IOException {
        for (String path : COPIED) {
            copy(PROJECT.resolve(path), folder.resolve(path));
        }
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/HEAD"), "ref: refs/heads/main\n");
        Path maven = folder.resolve("bin/mvn");
        Files.createDirectories(maven.getParent());
        Files.writeString(maven, MAVEN);
        assertThat(maven.toFile().setExecutable(true)).isTrue();
        return new Checkout(folder);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Path copied = to.resolve(from.relativize(path).toString());
                Files.createDirectories(copied.getParent());
                Files.copy(path, copied);
            }
        }
    }

    Path jar() {
        return root.resolve("target/lakehouse.jar");
    }

    /** The folder to look for programs in first. */
    Path programs() {
        return root.resolve("bin");
    }

    /** Replaces a text where it first stands. */
    void edit(String file, String from, String to) throws IOException {
        String text = Files.readString(root.resolve(file));
        int at = text.indexOf(from);
        assertThat(at).as("place of '%s' in %s", from, file).isNotNegative();
        Files.writeString(root.resolve(file), text.substring(0, at) + to + text.substring(at + from.length()));
    }
}
