package dev.lakehouse.table;

import dev.lakehouse.spark.SqlText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * SQL statements that each end with a semicolon at the end of a line.
 *
 * @param statements in order, without the semicolons
 */
public record SqlScript(List<String> statements) {
    private static final Pattern ADD_CHECK = Pattern.compile(
            "ADD\\s+CONSTRAINT\\s+(?<name>\\w+)\\s+CHECK\\s*\\((?<condition>.*)\\)\\s*$",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern PROPERTIES = Pattern.compile("\\bTBLPROPERTIES\\s*\\(\\s*", Pattern.CASE_INSENSITIVE);

    /** Splits a text. */
    public static SqlScript of(String text) {
        return new SqlScript(Arrays.stream(text.split(";[ \t]*(--[^\n]*)?(\r?\n|$)"))
                .map(String::strip)
                .filter(SqlScript::saysSomething)
                .toList());
    }

    /**
     * The script with a string literal in place of a named parameter, {@code :name}. Spark's own binding is not used,
     * because Delta's parser does not pass parameters on in Spark 4.1.
     */
    public SqlScript with(String name, String value) {
        String literal = SqlText.literal(value);
        Pattern parameter = Pattern.compile("(?<![:\\w]):" + Pattern.quote(name) + "\\b");
        return new SqlScript(statements.stream()
                .map(statement -> parameter.matcher(statement).replaceAll(Matcher.quoteReplacement(literal)))
                .toList());
    }

    private static boolean saysSomething(String statement) {
        return statement.lines().map(String::strip).anyMatch(line -> !line.isEmpty() && !line.startsWith("--"));
    }

    /** Whether an {@code ADD CONSTRAINT … CHECK} statement has this condition, ignoring blanks. */
    static boolean checks(String statement, String condition) {
        Matcher check = ADD_CHECK.matcher(statement);
        return check.find() && withoutSpaces(check.group("condition")).equals(withoutSpaces(condition));
    }

    private static String withoutSpaces(String text) {
        return text.replaceAll("\\s+", "");
    }

    /**
     * A table's DDL as one statement, and so one commit. Constraints become properties, where Delta stores them. Other
     * statements after CREATE TABLE are left out.
     */
    String creation() {
        String create = statements.get(0);
        String constraints = statements.stream()
                .skip(1)
                .map(ADD_CHECK::matcher)
                .filter(Matcher::find)
                .map(check -> "'delta.constraints." + check.group("name") + "' = '"
                        + check.group("condition").replace("\\", "\\\\").replace("'", "\\'") + "'")
                .collect(Collectors.joining(", "));
        if (constraints.isEmpty()) {
            return create;
        }
        Matcher properties = PROPERTIES.matcher(create);
        return properties.find()
                ? create.substring(0, properties.end()) + constraints + ", " + create.substring(properties.end())
                : create + "\nTBLPROPERTIES (" + constraints + ")";
    }

    /** The DDL of a table, from {@code schemas/SCHEMA/TABLE.sql} in the jar; empty if there is none. */
    static Optional<SqlScript> ddl(TableName table) {
        return packed(table, ".sql");
    }

    /** The statements for Unity Catalog only, from {@code schemas/SCHEMA/TABLE.unity.sql} in the jar. */
    static Optional<SqlScript> governance(TableName table) {
        return packed(table, ".unity.sql");
    }

    /** The statements of a view, from {@code schemas/SCHEMA/views/VIEW.sql} in the jar. */
    static Optional<SqlScript> view(TableName view) {
        return packed("/schemas/" + view.schema() + "/views/" + view.table() + ".sql");
    }

    /** The statements of a metric view, from {@code schemas/SCHEMA/views/VIEW.unity.sql} in the jar. */
    static Optional<SqlScript> metricView(TableName view) {
        return packed("/schemas/" + view.schema() + "/views/" + view.table() + ".unity.sql");
    }

    /** A query, from {@code schemas/SCHEMA/queries/NAME.sql} in the jar. */
    public static SqlScript query(String schema, String name) {
        return packed("/schemas/" + schema + "/queries/" + name + ".sql")
                .orElseThrow(() -> new IllegalStateException("no file of the query " + schema + "/" + name));
    }

    private static Optional<SqlScript> packed(TableName table, String ending) {
        return packed("/schemas/" + table.schema() + "/" + table.table() + ending);
    }

    private static Optional<SqlScript> packed(String resource) {
        try (InputStream in = SqlScript.class.getResourceAsStream(resource)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(of(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
