package dev.lakehouse.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/**
 * A file of {@code .github/workflows}.
 *
 * @param name the file's name
 * @param text its text
 * @param root its content
 */
public record GitHubWorkflow(String name, String text, JsonNode root) {
    private static final Path FOLDER = Path.of(System.getProperty("lakehouse.root"), ".github/workflows");

    /** All of them. */
    public static List<GitHubWorkflow> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .sorted()
                    .map(GitHubWorkflow::named)
                    .toList();
        }
    }

    /** The one of that file name. */
    public static GitHubWorkflow named(String name) {
        try {
            String text = Files.readString(FOLDER.resolve(name));
            return new GitHubWorkflow(name, text, new ObjectMapper().valueToTree(new Yaml().load(text)));
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }

    /** Its jobs by their keys. */
    public Map<String, JsonNode> jobs() {
        Map<String, JsonNode> jobs = new TreeMap<>();
        root.get("jobs").properties().forEach(job -> jobs.put(job.getKey(), job.getValue()));
        return jobs;
    }

    /** The commands of all jobs, in their order. */
    public List<String> commands() {
        return jobs().values().stream()
                .flatMap(job -> job.path("steps").valueStream())
                .filter(step -> step.has("run"))
                .flatMap(step -> step.get("run").asText().lines())
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
