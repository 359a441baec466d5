package dev.lakehouse.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.Yaml;

/**
 * The bundle's files against the JSON schema that {@code databricks bundle schema} prints, where the system property
 * {@code lakehouse.bundle.schema} names a file that holds it.
 */
final class BundleSchema {
    private static final Set<String> SAYING_LITTLE = Set.of("oneOf", "anyOf", "pattern");
    private static Schema schema;

    private BundleSchema() {}

    static Optional<Path> file() {
        return Optional.ofNullable(System.getProperty("lakehouse.bundle.schema"))
                .map(Path::of);
    }

    /** Each file for itself, then all of them merged as a deployment merges them; nothing where there is no schema. */
    static List<String> findings(Bundle bundle) {
        if (file().isEmpty()) {
            return List.of();
        }
        List<String> findings = new ArrayList<>();
        Map<String, Object> merged = new LinkedHashMap<>();
        for (YamlNode file : bundle.deployed()) {
            Map<String, Object> content = new Yaml().load(BundleFiles.text(file.file()));
            errors(content).forEach(error -> findings.add(place(file, error) + ": " + error.getMessage() + "."));
            merge(merged, content);
        }
        if (findings.isEmpty()) {
            errors(merged)
                    .forEach(error -> findings.add(Bundle.MAIN + " with what it includes, "
                            + error.getInstanceLocation() + ": " + error.getMessage() + "."));
        }
        return findings;
    }

    /**
     * Nearly everything may be a reference instead, so that one mistake makes errors all the way up to the root: the
     * deepest are those that say what it is.
     */
    private static List<Error> errors(Map<String, Object> content) {
        JsonNode json = new ObjectMapper().valueToTree(content);
        List<Error> errors = schema().validate(json);
        int deepest = errors.stream().mapToInt(BundleSchema::depth).max().orElse(0);
        List<Error> deep =
                errors.stream().filter(error -> depth(error) == deepest).toList();
        List<Error> telling = deep.stream()
                .filter(error -> !SAYING_LITTLE.contains(error.getKeyword()))
                .toList();
        return telling.isEmpty() ? deep : telling;
    }

    private static int depth(Error error) {
        return error.getInstanceLocation().getNameCount();
    }

    private static String place(YamlNode file, Error error) {
        YamlNode node = file;
        for (int i = 0; i < depth(error); i++) {
            String name = String.valueOf(error.getInstanceLocation().getElement(i));
            node = node.isList()
                    ? node.items().get(Integer.parseInt(name))
                    : node.entries().get(name);
        }
        return node.location();
    }

    private static synchronized Schema schema() {
        if (schema == null) {
            SchemaRegistryConfig english =
                    SchemaRegistryConfig.builder().locale(Locale.ENGLISH).build();
            schema = SchemaRegistry.withDefaultDialect(
                            SpecificationVersion.DRAFT_2020_12, registry -> registry.schemaRegistryConfig(english))
                    .getSchema(BundleFiles.text(file().orElseThrow()));
        }
        return schema;
    }

    @SuppressWarnings("unchecked")
    private static void merge(Map<String, Object> into, Map<String, Object> from) {
        from.forEach((key, value) -> {
            if (into.get(key) instanceof Map<?, ?> map && value instanceof Map<?, ?> more) {
                Map<String, Object> both = new LinkedHashMap<>((Map<String, Object>) map);
                merge(both, (Map<String, Object>) more);
                into.put(key, both);
            } else {
                into.put(key, value);
            }
        });
    }
}
