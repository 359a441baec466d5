package dev.lakehouse.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * A metric view, which only Unity Catalog has, and who may query it: {@code schemas/SCHEMA/views/VIEW.unity.sql}. Its
 * statements can be repeated: the view is replaced, and keeps its grants.
 *
 * @param statements the statements, values filled in
 */
record MetricView(List<String> statements) {
    /**
     * The metric view of a name; empty where it has no file.
     *
     * @param catalogue what {@code ${catalog}} stands for: the source of a metric view is not looked for in the session's
     *     catalogue
     * @param values what {@code ${name}} stands for
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
