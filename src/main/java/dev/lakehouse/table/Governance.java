package dev.lakehouse.table;

import dev.lakehouse.Sha256;
import dev.lakehouse.UserError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * Keys, tags, masks and grants of a table in Unity Catalog, from {@code schemas/SCHEMA/TABLE.unity.sql}. The statements
 * can be repeated, except {@code ADD CONSTRAINT}, which is skipped if the catalogue has a constraint of that name.
 *
 * @param table the table
 * @param statements the statements, with values inserted
 */
record Governance(TableName table, List<String> statements) {
    /** Table property: the SHA-256 of the statements that were applied last. */
    private static final String APPLIED = "lakehouse.governance";

    private static final Pattern VALUE = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern ADD_CONSTRAINT =
            Pattern.compile("\\bADD\\s+CONSTRAINT\\s+(\\w+)\\s", Pattern.CASE_INSENSITIVE);

    /**
     * The governance of a table; empty if it has no such file.
     *
     * @param values the values of {@code ${name}}, such as the group that may see personal data
     */
    static Optional<Governance> of(TableName table, Map<String, String> values) {
        return SqlScript.governance(table)
                .map(script -> new Governance(
                        table,
                        script.statements().stream()
                                .map(statement -> fill(table, statement, values))
                                .toList()));
    }

    static String fill(TableName table, String statement, Map<String, String> values) {
        return VALUE.matcher(statement).replaceAll(match -> {
            String value = values.getOrDefault(match.group(1), "");
            // The value becomes part of SQL, inside quotes or backticks.
            if (value.isEmpty() || value.matches(".*['`\\\\$].*")) {
                throw new UserError(
                        "The governance of " + table + " needs a value for '" + match.group(1) + "'.",
                        value.isEmpty()
                                ? "None was given."
                                : "The given value contains a quote, a backslash or a dollar sign.",
                        "Give --set " + match.group(1) + "=VALUE, a name without these characters.");
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /** Applies the statements; false if the table's property shows that they were already applied. */
    boolean apply(SparkSession session) {
        String fingerprint = fingerprint();
        if (fingerprint.equals(Tables.properties(session, table).get(APPLIED))) {
            return false;
        }
        Set<String> present = constraints(session);
        statements.stream()
                .filter(statement -> {
                    Matcher constraint = ADD_CONSTRAINT.matcher(statement);
                    return !constraint.find() || !present.contains(constraint.group(1));
                })
                .forEach(session::sql);
        // Set last, so that an interrupted run is repeated.
        session.sql("ALTER TABLE " + table.sql() + " SET TBLPROPERTIES ('" + APPLIED + "' = '" + fingerprint + "')");
        return true;
    }

    private Set<String> constraints(SparkSession session) {
        if (statements.stream()
                .noneMatch(statement -> ADD_CONSTRAINT.matcher(statement).find())) {
            return Set.of();
        }
        return session
                .sql("SELECT constraint_name FROM information_schema.table_constraints WHERE table_schema = '"
                        + table.schema() + "' AND table_name = '" + table.table() + "'")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String fingerprint() {
        return Sha256.hex(String.join(";\n", statements));
    }
}
