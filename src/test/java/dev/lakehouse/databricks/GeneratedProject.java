package dev.lakehouse.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.databricks.Deployment.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.yaml.snakeyaml.Yaml;

/** A project that {@code databricks bundle init} made of {@code template/}. */
public record GeneratedProject(Path root) {
    private static final Path LAKEHOUSE = Path.of(System.getProperty("lakehouse.root"));
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Makes the project {@code webshop} in a folder; what is not answered has its default. */
    public static GeneratedProject in(Path folder, Map<String, String> answers) throws Exception {
        init(folder, answers).succeeded();
        return new GeneratedProject(folder.resolve("webshop"));
    }

    /** Answers the questions of the template, whatever comes of it. */
    static Ended init(Path folder, Map<String, String> answers) throws Exception {
        Path file = Files.createTempFile(Files.createDirectories(folder), "answers", ".json");
        JSON.writeValue(file.toFile(), answers);
        return deployment("dev", folder)
                .databricks(List.of(
                        "bundle",
                        "init",
                        LAKEHOUSE.resolve("template").toString(),
                        "--config-file",
                        file.toString(),
                        "--output-dir",
                        folder.toString()));
    }

    /** Puts the jar where the project's README says. */
    GeneratedProject withJar() throws IOException {
        Files.createDirectories(root.resolve("lib"));
        Files.copy(LAKEHOUSE.resolve("target/lakehouse.jar"), root.resolve("lib/lakehouse.jar"));
        return this;
    }

    /** Its deployment to a target of an empty workspace, from the branch main. */
    Deployment to(String target) throws Exception {
        Files.createDirectories(root.resolve(".git"));
        Files.writeString(root.resolve(".git/HEAD"), "ref: refs/heads/main\n");
        return deployment(target, root);
    }

    private static Deployment deployment(String target, Path folder) throws Exception {
        return new Deployment(
                target,
                new Checkout(folder),
                FakeWorkspace.empty(),
                Files.createTempDirectory(folder.toAbsolutePath().getParent(), "home"));
    }

    /** A file's text. */
    String text(String file) throws IOException {
        return Files.readString(root.resolve(file));
    }

    /** The files, as paths from the root. */
    List<String> files() throws IOException {
        try (var paths = Files.walk(root)) {
            return new ArrayList<>(paths.filter(Files::isRegularFile)
                    .map(path -> root.relativize(path).toString())
                    .sorted()
                    .toList());
        }
    }

    /** A YAML document as a map from paths to texts, so that two of them can be compared. */
    static SortedMap<String, String> flat(String yaml) {
        return Flat.of(JSON.<JsonNode>valueToTree(new Yaml().load(yaml)));
    }
}
