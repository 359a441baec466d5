package dev.lakehouse.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * A metric view and its grants, from {@code schemas/SCHEMA/views/VIEW.unity.sql}; only for Unity Catalog. The
 * statements can be repeated: the view is replaced and keeps its grants.
 *
 * @param statements the statements, with values inserted
 */
record MetricView(List<String> statements) {
    /**
     * The metric view of a name; empty if it has no file.
     *
     * @param catalogue the value of {@code ${catalog}}; needed because the source of a metric view is not resolved in
     *     the session's catalogue
     * @param values the values of {@code ${name}}
     */
    static Optional<MetricView> of(TableName view, String catalogue, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.put("catalog", catalogue);
        return SqlScript.metricView(view)
                .map(script -> new MetricView(script.statements().stream()
                        .map(statement -> Governance.fill(view, statement, all))
                        .toList()));
    }

    void create(SparkSession session) {
        statements.forEach(session::sql);
    }
}
