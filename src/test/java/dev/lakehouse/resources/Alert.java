package dev.lakehouse.resources;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.lakehouse.workflow.WrittenResources;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/** An alert of the bundle, evaluated as its file says: Databricks compares one value of the query's result. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
record Alert(String displayName, String queryText, Evaluation evaluation) {
    private static final ObjectMapper JSON = new ObjectMapper();

    @JsonNaming(SnakeCaseStrategy.class)
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Evaluation(Source source, String comparisonOperator, Threshold threshold, String emptyResultState) {}

    record Source(String name, String aggregation) {}

    record Threshold(Value value) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Value(double doubleValue) {}

    /** The alerts of a target by their names. */
    static Map<String, Alert> of(String target) {
        Map<String, Alert> alerts = new TreeMap<>();
        WrittenResources.alerts(target)
                .forEach((name, written) -> alerts.put(name, JSON.convertValue(written, Alert.class)));
        return alerts;
    }

    /** What Databricks calls the alert's state after the query returned these rows. */
    String state(List<Row> rows) {
        if (rows.isEmpty()) {
            return evaluation.emptyResultState;
        }
        double value = value(rows);
        double limit = evaluation.threshold.value.doubleValue;
        boolean triggered =
                switch (evaluation.comparisonOperator) {
                    case "GREATER_THAN" -> value > limit;
                    case "GREATER_THAN_OR_EQUAL" -> value >= limit;
                    case "LESS_THAN" -> value < limit;
                    default -> throw new AssertionError("no test knows " + evaluation.comparisonOperator);
                };
        return triggered ? "TRIGGERED" : "OK";
    }

    private double value(List<Row> rows) {
        List<Object> values = rows.stream()
                .map(row -> row.<Object>getAs(evaluation.source.name))
                .filter(value -> value != null)
                .toList();
        return switch (evaluation.source.aggregation) {
            case "COUNT" -> values.size();
            case "MAX" ->
                values.stream()
                        .mapToDouble(number -> ((Number) number).doubleValue())
                        .max()
                        .orElseThrow();
            default -> throw new AssertionError("no test knows " + evaluation.source.aggregation);
        };
    }
}
