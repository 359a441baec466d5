package dev.lakehouse.remote;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.lakehouse.UserError;
import java.io.IOException;
import java.nio.file.Path;

/** The project's {@code databricks.yml}. */
public final class BundleFile {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private BundleFile() {}

    /** The bundle's name, which identifies its deployments in a workspace. */
    public static String name(Path file) {
        String name;
        try {
            name = YAML.readTree(file.toFile()).path("bundle").path("name").asText("");
        } catch (IOException e) {
            throw new UserError(
                    "The bundle's file " + file + " cannot be read.",
                    UserError.firstLine(e),
                    "Run the command in the project's root, or correct the file.",
                    e);
        }
        if (name.isEmpty()) {
            throw new UserError(
                    "The bundle in " + file + " has no name.",
                    "bundle.name is missing there.",
                    "Write it as 'bundle:' and, below, 'name: lakehouse'.");
        }
        return name;
    }
}
