package dev.lakehouse.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** All that a workspace holds. */
record Deployed(JsonNode state) {
    /** A warehouse that the fake workspace has from its beginning, as a new workspace has. */
    private static final String OTHER_WAREHOUSE = "8ec9edc1-db0c-40df-af8d-7580020fe61e";

    /** What is another each time: when, and the CLI's own notes, which hold ids and times. */
    private static final Pattern VOLATILE =
            Pattern.compile(".*\\.(created|updated|create|update|revision_create)_(at|time)");

    private static final Pattern NOTES = Pattern.compile("files\\..*/\\.bundle/lakehouse/[^/]+/state/.*");
    private static final Pattern OTHER_ID = Pattern.compile("\\b(\\d{15,}|(?!" + Deployment.SERVICE_PRINCIPAL
            + ")[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\\b");

    /** The settings of the jobs, by name. */
    Map<String, JsonNode> jobs() {
        return Flat.values(state.get("jobs")).stream()
                .map(job -> job.get("settings"))
                .collect(Collectors.toMap(
                        settings -> settings.get("name").asText(), Function.identity(), (a, b) -> a, TreeMap::new));
    }

    /** The alerts, by name. */
    Map<String, JsonNode> alerts() {
        return byName("alerts", "/display_name");
    }

    /** The dashboards and their publications, by name. */
    Map<String, JsonNode> dashboards() {
        return byName("dashboards", "/dashboard/display_name");
    }

    private Map<String, JsonNode> byName(String kind, String name) {
        return Flat.values(state.get(kind)).stream()
                .collect(Collectors.toMap(
                        resource -> resource.at(name).asText(), Function.identity(), (a, b) -> a, TreeMap::new));
    }

    /** The SHA-256 of every file, by its path. */
    Map<String, String> files() {
        return state.get("files").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, file -> file.getValue().asText(), (a, b) -> a, TreeMap::new));
    }

    static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    /** What there is: {@code job NAME}, {@code schema CATALOG.NAME} and so on. */
    List<String> resources() {
        TreeSet<String> names = new TreeSet<>(names().values());
        state.get("schemas").fieldNames().forEachRemaining(name -> names.add("schema " + name));
        state.get("secret_scopes").fieldNames().forEachRemaining(name -> names.add("secret scope " + name));
        return List.copyOf(names);
    }

    /** The id of a resource that has one. */
    String id(String resource) {
        return names().entrySet().stream()
                .filter(name -> name.getValue().equals(resource))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no " + resource + " in " + resources()));
    }

    /** Names of resources by the ids that the workspace gave them. */
    private Map<String, String> names() {
        Map<String, String> names = new TreeMap<>();
        state.get("jobs")
                .properties()
                .forEach(job -> names.put(
                        job.getKey(),
                        "job " + job.getValue().get("settings").get("name").asText()));
        state.get("volumes")
                .properties()
                .forEach(volume -> names.put(volume.getValue().get("volume_id").asText(), "volume " + volume.getKey()));
        state.get("sql_warehouses")
                .properties()
                .forEach(warehouse -> names.put(
                        warehouse.getKey(),
                        "warehouse " + warehouse.getValue().get("name").asText()));
        dashboards()
                .forEach((name, dashboard) ->
                        names.put(dashboard.at("/dashboard/dashboard_id").asText(), "dashboard " + name));
        alerts().forEach((name, alert) -> names.put(alert.get("id").asText(), "alert " + name));
        names.remove(OTHER_WAREHOUSE);
        return names;
    }

    /** What is here and is not, or is another, in another workspace; what is only there, as {@code nothing}. */
    SortedMap<String, String> differencesFrom(Deployed other) {
        SortedMap<String, String> here = comparable();
        SortedMap<String, String> there = other.comparable();
        SortedMap<String, String> differences = new TreeMap<>();
        there.keySet().forEach(path -> differences.put(path, here.getOrDefault(path, "nothing")));
        differences.putAll(here);
        differences.entrySet().removeAll(there.entrySet());
        return differences;
    }

    /** Everything, with names in place of ids and without what differs between two deployments of the same. */
    private SortedMap<String, String> comparable() {
        Map<String, String> names = names();
        SortedMap<String, String> all = new TreeMap<>();
        Flat.of(state).forEach((path, value) -> {
            if (!VOLATILE.matcher(path).matches()) {
                all.put(named(path, names), NOTES.matcher(path).matches() ? "there" : named(value, names));
            }
        });
        return all;
    }

    private static String named(String text, Map<String, String> names) {
        String named = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            named = named.replace(name.getKey(), name.getValue());
        }
        return OTHER_ID.matcher(named).replaceAll("ID");
    }
}
