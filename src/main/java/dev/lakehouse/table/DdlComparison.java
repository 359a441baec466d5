package dev.lakehouse.table;

import dev.lakehouse.UserError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/**
 * A comparison of a table with its DDL file. The file is not interpreted: its statements create an empty table, and the
 * two tables are compared.
 *
 * @param table the table's name
 * @param evolved additional nullable columns of the table with their types, such as {@code city STRING}; a load adds
 *     them when its source gets new columns
 * @param differences the differences between file and table
 */
public record DdlComparison(TableName table, List<String> evolved, List<Difference> differences) {
    private static final String CONSTRAINT = "delta.constraints.";

    /**
     * A difference between file and table.
     *
     * @param what such as {@code column city}
     * @param file the definition in the file
     * @param present the definition in the table
     */
    public record Difference(String what, String file, String present) {
        @Override
        public String toString() {
            return what + ": the file has " + file + ", the table has " + present;
        }
    }

    /** Compares a table with its DDL file; empty if the table does not exist or has no file. */
    public static Optional<DdlComparison> of(SparkSession session, Tables tables, TableName table) {
        Optional<SqlScript> ddl = SqlScript.ddl(table);
        return ddl.isPresent() && tables.find(table)
                ? Optional.of(compare(table, wanted(session, table, ddl.get()), TableShape.of(session, table)))
                : Optional.empty();
    }

    /** The result as one line. */
    public String summary() {
        List<String> parts = new ArrayList<>();
        if (!differences.isEmpty()) {
            parts.add("differs: " + differences.stream().map(Difference::what).collect(Collectors.joining(", ")));
        }
        if (!evolved.isEmpty()) {
            parts.add("evolved: column " + String.join(", column ", evolved));
        }
        return parts.isEmpty() ? "equal" : String.join("; ", parts);
    }

    /** Throws a {@link UserError} with both sides of every difference, if there are any. */
    public static void requireEqual(List<DdlComparison> comparisons) {
        List<String> all = comparisons.stream()
                .flatMap(one -> one.differences.stream().map(difference -> one.table + ", " + difference))
                .toList();
        if (!all.isEmpty()) {
            throw new UserError(
                    "Tables differ from their DDL files.",
                    String.join("\n        ", all),
                    "Alter the table to match schemas/SCHEMA/TABLE.sql, or change the file to match the table.");
        }
    }

    /**
     * The shape of a new table that the file defines. It is created in the session's own catalogue and then dropped.
     */
    private static TableShape wanted(SparkSession session, TableName table, SqlScript ddl) {
        TableName scratch = new TableName("ddl_" + UUID.randomUUID().toString().replace("-", ""), table.table());
        String creation = renamed(ddl.creation(), table, scratch);
        session.sql("CREATE SCHEMA `" + scratch.schema() + "`");
        try {
            session.sql(creation);
            return TableShape.of(session, scratch);
        } finally {
            session.sql("DROP SCHEMA `" + scratch.schema() + "` CASCADE");
        }
    }

    /** Renames the table of a statement. The result never concerns the real table. */
    private static String renamed(String statement, TableName table, TableName scratch) {
        Matcher named = Pattern.compile(
                        "^(CREATE\\s+TABLE\\s+)" + Pattern.quote(table.toString()) + "(?=[\\s(])",
                        Pattern.CASE_INSENSITIVE | Pattern.MULTILINE)
                .matcher(statement);
        if (!named.find()) {
            throw new UserError(
                    "The DDL of " + table + " cannot be compared.",
                    "It does not begin with CREATE TABLE " + table + ".",
                    "Write that into schemas/" + table.schema() + "/" + table.table() + ".sql.");
        }
        return named.replaceFirst("$1" + Matcher.quoteReplacement(scratch.sql()));
    }

    private static DdlComparison compare(TableName table, TableShape file, TableShape present) {
        List<String> evolved = new ArrayList<>();
        List<Difference> found = new ArrayList<>();
        Set<String> columns = new LinkedHashSet<>(file.columns().keySet());
        columns.addAll(present.columns().keySet());
        for (String name : columns) {
            StructField column = present.columns().get(name);
            if (!file.columns().containsKey(name) && column.nullable() && !name.startsWith("_")) {
                evolved.add(name + " " + column.dataType().sql());
            } else {
                add(found, "column " + name, printed(file.columns().get(name)), printed(column));
            }
        }
        add(found, "order of columns", order(file, present), order(present, file));
        add(found, "comment", printed(file.comment()), printed(present.comment()));
        add(found, "clustering", printed(file.clustering()), printed(present.clustering()));
        add(found, "partitioning", printed(file.partitions()), printed(present.partitions()));
        compareProperties(found, file.properties(), present.properties());
        return new DdlComparison(table, evolved, found);
    }

    /** Additional properties are ignored, because Delta sets some itself. Additional constraints are not ignored. */
    private static void compareProperties(
            List<Difference> found, Map<String, String> file, Map<String, String> present) {
        Set<String> names = new TreeSet<>(file.keySet());
        present.keySet().stream().filter(name -> name.startsWith(CONSTRAINT)).forEach(names::add);
        for (String name : names) {
            String what = name.startsWith(CONSTRAINT)
                    ? "constraint " + name.substring(CONSTRAINT.length())
                    : "property " + name;
            if (!Objects.equals(words(file.get(name)), words(present.get(name)))) {
                add(found, what, printed(file.get(name)), printed(present.get(name)));
            }
        }
    }

    /** ALTER TABLE stores a condition with normalised blanks, CREATE TABLE as written. */
    private static String words(String condition) {
        return condition == null ? null : condition.replaceAll("\\s*([(),])\\s*", "$1");
    }

    private static void add(List<Difference> found, String what, String file, String present) {
        if (!Objects.equals(file, present)) {
            found.add(new Difference(what, file, present));
        }
    }

    /** The columns of both, in the order of the first. */
    private static String order(TableShape shape, TableShape other) {
        return shape.columns().keySet().stream()
                .filter(other.columns()::containsKey)
                .collect(Collectors.joining(", "));
    }

    private static String printed(StructField column) {
        return column == null
                ? "nothing"
                : column.dataType().sql()
                        + (column.nullable() ? "" : " NOT NULL")
                        + column.getComment()
                                .map(comment -> " COMMENT '" + comment + "'")
                                .getOrElse(() -> "");
    }

    private static String printed(List<String> columns) {
        return columns.isEmpty() ? "nothing" : String.join(", ", columns);
    }

    private static String printed(String text) {
        return text == null ? "nothing" : "'" + text + "'";
    }
}
