package dev.lakehouse.activity;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What follows from a file of user activity, computed without Spark.
 *
 * @param rows the first of each id and time
 */
record RealActivity(int lines, List<JsonNode> rows) {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    static RealActivity read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        Map<String, JsonNode> first = new LinkedHashMap<>();
        for (String line : lines) {
            JsonNode row = JSON.readTree(line);
            first.putIfAbsent(
                    row.get("id").asText() + " " + row.get("created_at").asText(), row);
        }
        return new RealActivity(lines.size(), List.copyOf(first.values()));
    }

    int flattened() {
        return rows.stream()
                .mapToInt(row -> Math.max(1, row.path("widget_list").size()))
                .sum();
    }

    BigDecimal revenue() {
        return rows.stream()
                .map(row -> row.path("revenue").decimalValue())
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .setScale(2);
    }

    long addresses() {
        return rows.stream().map(row -> row.path("email").asText()).distinct().count();
    }

    /** As the run reports them. */
    List<String> best() {
        Map<Integer, List<JsonNode>> best = new TreeMap<>();
        for (JsonNode row : rows) {
            List<JsonNode> group = best.computeIfAbsent(row.get("age_group").asInt(), key -> new ArrayList<>());
            if (!group.isEmpty() && score(group.get(0)) < score(row)) {
                group.clear();
            }
            if (group.isEmpty() || score(group.get(0)) == score(row)) {
                group.add(row);
            }
        }
        return best.entrySet().stream()
                .flatMap(group -> group.getValue().stream()
                        .map(row -> "rank 1      " + row.get("id").asText() + "  "
                                + row.get("email").asText() + "  age group " + group.getKey())
                        .sorted())
                .toList();
    }

    private static double score(JsonNode row) {
        return row.get("user_score").asDouble();
    }

    /** A line for each location: its name and its ids. */
    List<String> index() {
        Map<String, TreeSet<String>> ids = new TreeMap<>();
        for (JsonNode row : rows) {
            ids.computeIfAbsent(row.get("location").asText(), location -> new TreeSet<>())
                    .add(row.get("id").asText());
        }
        return ids.entrySet().stream()
                .map(location -> location.getKey() + "|" + String.join(",", location.getValue()))
                .toList();
    }
}
