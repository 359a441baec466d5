package dev.lakehouse.replicate;

import dev.lakehouse.extract.ExtractRejectedException;
import dev.lakehouse.spark.SqlText;
import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Tables;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/** The columns of a target as they follow those of its source. */
record TargetColumns(SparkSession session, Tables tables, TableName name) {
    /**
     * Column mapping, for columns with names that Parquet's fields cannot have and for dropping columns, and type widening,
     * so that the table follows its source. Readers need Delta reader version 3 for that.
     */
    static final String FOLLOW_SOURCE = "'delta.columnMapping.mode' = 'name', 'delta.enableTypeWidening' = 'true'";

    private boolean followSource() {
        Map<String, String> properties = tables.properties(name);
        return "name".equals(properties.get("delta.columnMapping.mode"))
                && "true".equals(properties.get("delta.enableTypeWidening"));
    }

    /** The statement by which an existing table learns to follow its source. */
    private String followStatement() {
        return "ALTER TABLE " + tables.nameForPeople(name) + " SET TBLPROPERTIES (" + FOLLOW_SOURCE + ")";
    }

    /** The statements that drop a column, for a person to run, each on a line. */
    String dropStatements(String column) {
        String drop =
                "\nALTER TABLE " + tables.nameForPeople(name) + " DROP COLUMN " + SqlText.identifier(column) + ";";
        return followSource() ? drop : "\n" + followStatement() + ";" + drop;
    }

    /** Refuses a change that the table cannot follow; to be asked before anything of a load is written. */
    void check(SchemaChange change) {
        boolean needsMapping =
                change.added().stream().anyMatch(field -> field.name().matches("(?s).*[ ,;{}()\\n\\t=].*"));
        if ((needsMapping || !change.widened().isEmpty()) && !followSource()) {
            StructField first = change.widened().isEmpty()
                    ? change.added().get(0)
                    : change.widened().get(0);
            throw new ExtractRejectedException(
                    "The table " + name + " cannot follow column `" + first.name() + "` of the source.",
                    "The table was made without column mapping and type widening, which that takes.",
                    "Turn them on, and load again (programs that read the table's files then need Delta reader version 3):\n"
                            + followStatement() + ";");
        }
        change.added().stream()
                .map(StructField::name)
                .filter(column -> tables.masks(name, column))
                .findFirst()
                .ifPresent(column -> {
                    throw new ExtractRejectedException(
                            "The load would fill column `" + column + "` of " + name + " before it is masked.",
                            "The table's file .unity.sql masks the column, and the table does not have it yet.",
                            "Add the column by ALTER TABLE … ADD COLUMN, run the task apply_schemas, which masks it, then"
                                    + " load again.");
                });
    }

    /** Changes the columns before rows are brought; metadata alone, no file is written anew. */
    void evolve(SchemaChange change) {
        check(change);
        change.widened()
                .forEach(field ->
                        session.sql("ALTER TABLE " + name.sql() + " ALTER COLUMN " + SqlText.identifier(field.name())
                                + " TYPE " + field.dataType().sql()));
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
