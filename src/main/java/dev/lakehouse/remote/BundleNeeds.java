package dev.lakehouse.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the deployment of a bundle's target needs in its workspace, read from its files after the Databricks CLI has
 * resolved them.
 *
 * @param catalogs of its schemas
 * @param locations external folders of its volumes
 * @param groups by the variables that name them; rights are only known for variables such as {@link #JOBS}
 * @param secrets keys by scope
 * @param volume of the jar, as catalogue, schema and name; empty if the jar is in the workspace's files
 */
record BundleNeeds(
        String bundle,
        String target,
        List<String> catalogs,
        List<String> locations,
        Map<String, String> groups,
        Map<String, SortedSet<String>> secrets,
        List<String> warehouses,
        List<String> volume) {
    static final String JOBS = "job_group";
    static final String ENGINEERS = "engineer_group";
    private static final List<String> GROUPS = List.of(JOBS, ENGINEERS, "reader_group", "personal_data_group");

    /** References to secrets in tasks and in the environment of clusters. */
    private static final Pattern SECRET =
            Pattern.compile("databricks:([\\w.-]+)/([\\w.-]+)|\\{\\{secrets/([\\w.-]+)/([\\w.-]+)}}");

    static BundleNeeds of(JsonNode resolved) {
        JsonNode resources = resolved.path("resources");
        return new BundleNeeds(
                resolved.path("bundle").path("name").asText(),
                resolved.path("bundle").path("target").asText(),
                texts(resources.path("schemas"), "catalog_name"),
                texts(resources.path("volumes"), "storage_location"),
                groups(resolved.path("variables")),
                secrets(resolved),
                texts(resources.path("sql_warehouses"), "name"),
                volume(resolved.path("workspace").path("artifact_path").asText()));
    }

    private static List<String> texts(JsonNode resources, String field) {
        TreeSet<String> texts = new TreeSet<>();
        resources.forEach(resource -> {
            if (resource.hasNonNull(field)) {
                texts.add(resource.get(field).asText());
            }
        });
        return List.copyOf(texts);
    }

    private static Map<String, String> groups(JsonNode variables) {
        Map<String, String> groups = new LinkedHashMap<>();
        for (String variable : GROUPS) {
            value(variables, variable).ifPresent(name -> groups.put(variable, name));
        }
        return groups;
    }

    private static Optional<String> value(JsonNode variables, String name) {
        return Optional.of(variables.path(name).path("value").asText()).filter(value -> !value.isEmpty());
    }

    private static Map<String, SortedSet<String>> secrets(JsonNode resolved) {
        JsonNode variables = resolved.path("variables");
        // Without a user there is no login to Kafka, so the password's variable is not used.
        Optional<String> unused =
                value(variables, "kafka_user").isPresent() ? Optional.empty() : value(variables, "kafka_password");
        Map<String, SortedSet<String>> keys = new TreeMap<>();
        texts(resolved.path("resources").path("secret_scopes"), "name")
                .forEach(scope -> keys.put(scope, new TreeSet<>()));
        SECRET.matcher(resolved.path("resources").toString()).results().forEach(secret -> {
            if (unused.filter(secret.group()::equals).isEmpty()) {
                keys.computeIfAbsent(part(secret, 1, 3), scope -> new TreeSet<>())
                        .add(part(secret, 2, 4));
            }
        });
        return keys;
    }

    private static String part(MatchResult secret, int one, int other) {
        return Stream.of(secret.group(one), secret.group(other))
                .filter(part -> part != null)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> volume(String artifacts) {
        String[] parts = artifacts.split("/", -1);
        return artifacts.startsWith("/Volumes/") && parts.length > 4
                ? List.of(parts[2], parts[3], parts[4])
                : List.of();
    }
}
