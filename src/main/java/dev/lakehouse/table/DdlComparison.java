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
 * A table as it is, compared with its DDL file. The file is not interpreted: its statements make an empty table beside
 * the real one, and the two are compared.
 *
 * @param table the table's name
 * @param evolved the nullable columns that the table has besides, with their types, such as {@code city STRING}; a load
 *     adds those when its source gets new columns
 * @param differences what the file and the table disagree about
 */
public record DdlComparison(TableName table, List<String> evolved, List<Difference> differences) {
    private static final String CONSTRAINT = "delta.constraints.";

    /**
     * What file and table disagree about.
     *
     * @param what such as {@code column city}
     * @param file what the file says
     * @param present what the table has
     */
    public record Difference(String what, String file, String present) {
        @Override
        public String toString() {
            return what + ": the file says " + file + ", the table has " + present;
        }
    }

    /** Compares a table with its DDL file; empty where it does not exist or has no such file. */
    public static Optional<DdlComparison> of(SparkSession session, Tables tables, TableName table) {
        Optional<SqlScript> ddl = SqlScript.ddl(table);
        return ddl.isPresent() && tables.find(table)
                ? Optional.of(compare(table, wanted(session, table, ddl.get()), TableShape.of(session, table)))
                : Optional.empty();
    }

    /** One line about the table. */
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

    /** Throws one {@link UserError} that prints both sides of every difference, where there are any. */
    public static void requireEqual(List<DdlComparison> comparisons) {
        List<String> all = comparisons.stream()
                .flatMap(one -> one.differences.stream().map(difference -> one.table + ", " + difference))
                .toList();
        if (!all.isEmpty()) {
            throw new UserError(
                    "Tables differ from their DDL files.",
                    String.join("\n        ", all),
                    "Alter the table to what schemas/SCHEMA/TABLE.sql says, or write into the file what the table has.");
        }
    }

    /** The shape of a new table by the file, made where the session keeps tables of its own, and gone afterwards. */
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

    /** Never returns a statement about the real table. */
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
                add(found, "column " + name, said(file.columns().get(name)), said(column));
            }
        }
        add(found, "order of columns", order(file, present), order(present, file));
        add(found, "comment", said(file.comment()), said(present.comment()));
        add(found, "clustering", said(file.clustering()), said(present.clustering()));
        add(found, "partitioning", said(file.partitions()), said(present.partitions()));
        compareProperties(found, file.properties(), present.properties());
        return new DdlComparison(table, evolved, found);
    }

    /** Properties besides the file's are let be: Delta sets some by itself. A constraint is not one of those. */
    private static void compareProperties(
            List<Difference> found, Map<String, String> file, Map<String, String> present) {
        Set<String> names = new TreeSet<>(file.keySet());
        present.keySet().stream().filter(name -> name.startsWith(CONSTRAINT)).forEach(names::add);
        for (String name : names) {
            String what = name.startsWith(CONSTRAINT)
                    ? "constraint " + name.substring(CONSTRAINT.length())
                    : "property " + name;
            if (!Objects.equals(words(file.get(name)), words(present.get(name)))) {
                add(found, what, said(file.get(name)), said(present.get(name)));
            }
        }
    }

    /** ALTER TABLE keeps a condition with blanks between its words, CREATE TABLE as it is written. */
    private static String words(String condition) {
        return condition == null ? null : condition.replaceAll("\\s*([(),])\\s*", "$1");
    }

    private static void add(List<Difference> found, String what, String file, String present) {
        if (!Objects.equals(file, present)) {
            found.add(new Difference(what, file, present));
        }
    }

    /** The columns that both have, in the order of the first. */
    private static String order(TableShape shape, TableShape other) {
        return shape.columns().keySet().stream()
                .filter(other.columns()::containsKey)
                .collect(Collectors.joining(", "));
    }

    private static String said(StructField column) {
        return column == null
                ? "nothing"
                : column.dataType().sql()
                        + (column.nullable() ? "" : " NOT NULL")
                        + column.getComment()
                                .map(comment -> " COMMENT '" + comment + "'")
                                .getOrElse(() -> "");
    }

    private static String said(List<String> columns) {
        return columns.isEmpty() ? "nothing" : String.join(", ", columns);
    }

    private static String said(String text) {
        return text == null ? "nothing" : "'" + text + "'";
    }
}
