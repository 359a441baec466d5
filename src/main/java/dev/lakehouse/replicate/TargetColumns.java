package dev.lakehouse.replicate;

import dev.lakehouse.extract.ExtractRejectedException;
import dev.lakehouse.extract.Manifest;
import dev.lakehouse.spark.SqlText;
import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Tables;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/**
 * The columns of a target, which follow the columns of its source.
 *
 * @param masked the columns whose values the extract has replaced by others
 */
record TargetColumns(SparkSession session, Tables tables, TableName name, Set<String> masked) {
    /**
     * Column mapping allows column names that Parquet does not, and dropping columns. Type widening lets types follow
     * the source. Both need Delta reader version 3.
     */
    static final String FOLLOW_SOURCE = "'delta.columnMapping.mode' = 'name', 'delta.enableTypeWidening' = 'true'";

    /** A table whose columns are NOT NULL because they are so in the source. */
    static final String NOT_NULL_OF_SOURCE = "'lakehouse.not_null' = 'source'";

    TargetColumns(SparkSession session, Tables tables, TableName name) {
        this(session, tables, name, Set.of());
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
                        .collect(Collectors.toSet()));
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
        return "ALTER TABLE " + tables.nameForPeople(name) + " SET TBLPROPERTIES (" + FOLLOW_SOURCE + ")";
    }

    /** The statements that drop a column, one per line, for a user to run. */
    String dropStatements(String column) {
        String drop =
                "\nALTER TABLE " + tables.nameForPeople(name) + " DROP COLUMN " + SqlText.identifier(column) + ";";
        return followSource() ? drop : "\n" + followStatement() + ";" + drop;
    }

    /** Refuses a change that the table does not support. Called before a load writes anything. */
    void check(SchemaChange change) {
        boolean needsMapping =
                change.added().stream().anyMatch(field -> field.name().matches("(?s).*[ ,;{}()\\n\\t=].*"));
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
                .map(StructField::name)
                .filter(column -> tables.masks(name, column))
                .findFirst()
                .ifPresent(column -> {
                    throw new ExtractRejectedException(
                            "The load would fill column `" + column + "` of " + name + " before it is masked.",
                            "The table's file .unity.sql masks the column, but the table does not have the column yet.",
                            "Add the column by ALTER TABLE … ADD COLUMN, run the task apply_schemas, which masks it,"
                                    + " then load again.");
                });
    }

    /** Changes the columns before rows are written. Only metadata changes; no file is rewritten. */
    void evolve(SchemaChange change) {
        check(change);
        change.widened()
                .forEach(field ->
                        session.sql("ALTER TABLE " + name.sql() + " ALTER COLUMN " + SqlText.identifier(field.name())
                                + " TYPE " + field.dataType().sql()));
        change.relaxed()
                .forEach(field -> session.sql("ALTER TABLE " + name.sql() + " ALTER COLUMN "
                        + SqlText.identifier(field.name()) + " DROP NOT NULL"));
        if (!change.added().isEmpty()) {
            session.sql("ALTER TABLE " + name.sql() + " ADD COLUMNS ("
                    + change.added().stream().map(TargetColumns::definition).collect(Collectors.joining(", ")) + ")");
        }
    }

    private static String definition(StructField field) {
        return SqlText.identifier(field.name()) + " " + field.dataType().sql()
                + field.getComment().fold(() -> "", comment -> " COMMENT " + SqlText.literal(comment));
    }
}
