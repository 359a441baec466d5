package dev.lakehouse.replicate;

import dev.lakehouse.extract.ExtractRejectedException;
import dev.lakehouse.extract.Manifest;
import dev.lakehouse.spark.SqlText;
import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Tables;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/**
 * The columns of a target, which follow the columns of its source.
 *
 * @param masked the columns whose values the extract has replaced by others
 * @param key the columns by which rows are matched
 */
record TargetColumns(SparkSession session, Tables tables, TableName name, Set<String> masked, List<String> key) {
    /**
     * Column mapping allows column names that Parquet does not, and dropping columns. Type widening lets types follow
     * the source. Both need Delta reader version 3.
     */
    static final String FOLLOW_SOURCE = "'delta.columnMapping.mode' = 'name', 'delta.enableTypeWidening' = 'true'";

    /** A table whose columns are NOT NULL because they are so in the source. */
    static final String NOT_NULL_OF_SOURCE = "'lakehouse.not_null' = 'source'";

    TargetColumns(SparkSession session, Tables tables, TableName name) {
        this(session, tables, name, Set.of(), List.of());
    }

    /** The same for an extract. */
    TargetColumns of(Manifest manifest) {
        return new TargetColumns(
                session,
                tables,
                name,
                manifest.columns().stream()
                        .filter(column -> column.mask() != null)
                        .map(Manifest.SourceColumn::name)
                        .collect(Collectors.toSet()),
                manifest.key());
    }

    boolean isInKey(String column) {
        return key.stream().anyMatch(column::equalsIgnoreCase);
    }

    private boolean followSource() {
        Map<String, String> properties = tables.properties(name);
        return "name".equals(properties.get("delta.columnMapping.mode"))
                && "true".equals(properties.get("delta.enableTypeWidening"));
    }

    /** Whether columns are NOT NULL because they are so in the source, and not because a DDL file or a person says so. */
    boolean followsNull() {
        return "source".equals(tables.properties(name).get("lakehouse.not_null"));
    }

    /** The statement that enables both for an existing table. */
    private String followStatement() {
        return alter() + "SET TBLPROPERTIES (" + FOLLOW_SOURCE + ")";
    }

    /** Statements for a user to run, one per line, below those that enable what they need. */
    String script(List<String> statements, boolean needsFeatures) {
        String lines =
                statements.stream().map(statement -> "\n" + statement + ";").collect(Collectors.joining());
        return needsFeatures && !followSource() ? "\n" + followStatement() + ";" + lines : lines;
    }

    String drop(String column) {
        return alter() + "DROP COLUMN " + SqlText.identifier(column);
    }

    String rename(String from, String to) {
        return alter() + "RENAME COLUMN " + SqlText.identifier(from) + " TO " + SqlText.identifier(to);
    }

    String add(List<StructField> columns) {
        return alter() + added(columns);
    }

    String widen(StructField column) {
        return alter() + widened(column);
    }

    String relax(String column) {
        return alter() + relaxed(column);
    }

    private String alter() {
        return "ALTER TABLE " + tables.nameForPeople(name) + " ";
    }

    private static String added(List<StructField> columns) {
        return columns.stream().map(TargetColumns::definition).collect(Collectors.joining(", ", "ADD COLUMNS (", ")"));
    }

    private static String widened(StructField column) {
        return "ALTER COLUMN " + SqlText.identifier(column.name()) + " TYPE "
                + column.dataType().sql();
    }

    private static String relaxed(String column) {
        return "ALTER COLUMN " + SqlText.identifier(column) + " DROP NOT NULL";
    }

    /** Whether a column of this name needs column mapping. */
    static boolean needsMapping(StructField column) {
        return column.name().matches("(?s).*[ ,;{}()\\n\\t=].*");
    }

    /** Refuses a change that the table does not support. Called before a load writes anything. */
    void check(SchemaChange change) {
        boolean needsMapping = change.added().stream().anyMatch(TargetColumns::needsMapping);
        if ((needsMapping || !change.widened().isEmpty()) && !followSource()) {
            StructField first = change.widened().isEmpty()
                    ? change.added().get(0)
                    : change.widened().get(0);
            throw new ExtractRejectedException(
                    "The table " + name + " cannot follow column `" + first.name() + "` of the source.",
                    "The table was created without column mapping and type widening, which the change needs.",
                    "Enable them, then load again (readers of the table then need Delta reader version 3):\n"
                            + followStatement() + ";");
        }
        change.added().stream()
                .filter(this::isMaskedByCatalogue)
                .map(StructField::name)
                .findFirst()
                .ifPresent(column -> {
                    throw new ExtractRejectedException(
                            "The load would fill column `" + column + "` of " + name + " before it is masked.",
                            "The table's file .unity.sql masks the column, but the table does not have the column yet.",
                            "Add the column by ALTER TABLE … ADD COLUMN, run the task apply_schemas, which masks it,"
                                    + " then load again.");
                });
    }

    /** Whether the table's file .unity.sql masks a column of this name. */
    boolean isMaskedByCatalogue(StructField column) {
        return tables.masks(name, column.name());
    }

    /** Changes the columns before rows are written. Only metadata changes; no file is rewritten. */
    void evolve(SchemaChange change) {
        check(change);
        String alter = "ALTER TABLE " + name.sql() + " ";
        change.widened().forEach(field -> session.sql(alter + widened(field)));
        change.relaxed().forEach(field -> session.sql(alter + relaxed(field.name())));
        if (!change.added().isEmpty()) {
            session.sql(alter + added(change.added()));
        }
    }

    private static String definition(StructField field) {
        return SqlText.identifier(field.name()) + " " + field.dataType().sql()
                + field.getComment().fold(() -> "", comment -> " COMMENT " + SqlText.literal(comment));
    }
}
