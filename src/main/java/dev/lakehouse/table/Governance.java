package dev.lakehouse.table;

import dev.lakehouse.UserError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
 * What a catalogue such as Unity Catalog knows about a table besides its shape: keys, tags, masks and grants, as
 * {@code schemas/SCHEMA/TABLE.unity.sql} says. Its statements can be repeated; {@code ADD CONSTRAINT}, which cannot, is
 * left out where the catalogue has a constraint of that name.
 *
 * @param table the table
 * @param statements the statements, values filled in
 */
record Governance(TableName table, List<String> statements) {
    /** Table property: which statements were applied last, by the SHA-256 of their text. */
    private static final String APPLIED = "lakehouse.governance";

    private static final Pattern VALUE = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern ADD_CONSTRAINT =
            Pattern.compile("\\bADD\\s+CONSTRAINT\\s+(\\w+)\\s", Pattern.CASE_INSENSITIVE);

    /**
     * The governance of a table; empty where it has no such file.
     *
     * @param values what {@code ${name}} stands for, such as the group that may see personal data
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
            // The value becomes part of SQL, between quotes of either kind.
            if (value.isEmpty() || value.matches(".*['`\\\\$].*")) {
                throw new UserError(
                        "The governance of " + table + " needs a value for '" + match.group(1) + "'.",
                        value.isEmpty()
                                ? "None was given."
                                : "The one that was given holds a quote, a backslash or a dollar sign.",
                        "Give --set " + match.group(1) + "=VALUE, a name without these characters.");
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /** Applies the statements; false where the table says that these were applied before. */
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
        // Last, so that what was stopped on the way is done again.
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
        try {
            byte[] text = String.join(";\n", statements).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
