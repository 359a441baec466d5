package dev.lakehouse.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Databricks CLI, which resolves the files of a bundle. */
final class BundleCli {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BundleCli() {}

    /**
     * A target of the bundle with all variables resolved.
     *
     * @param project the folder of {@code databricks.yml}
     * @param target empty for the bundle's default
     * @param variables values in addition to those of the files and the environment
     */
    static JsonNode resolve(
            Path project, Optional<String> target, Optional<String> profile, Map<String, String> variables) {
        List<String> command = new ArrayList<>(List.of("databricks", "bundle", "validate", "--output", "json"));
        target.ifPresent(name -> command.addAll(List.of("--target", name)));
        profile.ifPresent(name -> command.addAll(List.of("--profile", name)));
        variables.forEach((name, value) -> command.addAll(List.of("--var", name + "=" + value)));
        Answer answer = run(project, command);
        JsonNode resolved = parsed(answer);
        // If the files have an error, or a variable has no value, the CLI prints a partial result.
        if (answer.status != 0
                && resolved.path("resources").path("schemas").findValuesAsText("catalog_name").stream()
                        .anyMatch(name -> name.contains("${"))) {
            throw refused(answer);
        }
        return resolved;
    }

    private record Answer(int status, String out, String err) {}

    private static Answer run(Path project, List<String> command) {
        try {
            Path errors = Files.createTempFile("lakehouse", ".err");
            try {
                Process cli = new ProcessBuilder(command)
                        .directory(project.toAbsolutePath().toFile())
                        .redirectError(errors.toFile())
                        .start();
                cli.getOutputStream().close();
                String out = new String(cli.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Answer(cli.waitFor(), out, Files.readString(errors));
            } finally {
                Files.deleteIfExists(errors);
            }
        } catch (IOException e) {
            throw new UserError(
                    "The Databricks CLI does not run.",
                    UserError.firstLine(e),
                    "Install version 1.10 or newer. Then 'databricks --version' must work here.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the Databricks CLI", e);
        }
    }

    private static JsonNode parsed(Answer answer) {
        try {
            JsonNode resolved = JSON.readTree(answer.out);
            if (resolved != null && resolved.isObject()) {
                return resolved;
            }
        } catch (IOException e) {
            // The error is on the other stream.
        }
        throw refused(answer);
    }

    private static UserError refused(Answer answer) {
        return new UserError(
                "The bundle's files cannot be resolved.",
                answer.err
                        .lines()
                        .filter(line -> !line.isBlank())
                        .findFirst()
                        .map(HostileText::line)
                        .orElse("'databricks bundle validate' ended with status " + answer.status + "."),
                "Correct what it reports. Set values of variables in"
                        + " .databricks/bundle/TARGET/variable-overrides.json, or with --var NAME=VALUE.");
    }
}
