package dev.lakehouse.testing;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A row of real values for tables of a schema, from {@code schemas/SCHEMA/samples.json}. They are not in the DDL, because a
 * cluster does not need them, and not written into the page, because that is generated: in a file of their own the page can
 * show them and a test can compare them with what is loaded.
 */
public final class SpecifiedSamples {
    private SpecifiedSamples() {}

    /** Values by table, then by column, null for NULL; empty where the schema has no such file. */
    public static Map<String, Map<String, String>> of(String schema) {
        Path file = Path.of(System.getProperty("lakehouse.root"), "schemas", schema, "samples.json");
        try {
            return Files.exists(file)
                    ? new ObjectMapper().readValue(file.toFile(), new TypeReference<>() {})
                    : Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
