package dev.lakehouse.replicate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import dev.lakehouse.UserError;
import dev.lakehouse.extract.Manifest;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.load.KeyedTable;
import dev.lakehouse.load.Quality;
import dev.lakehouse.load.Target;
import dev.lakehouse.source.mysql.ColumnDefinition;
import dev.lakehouse.source.mysql.RowFormat;
import dev.lakehouse.spark.Session;
import dev.lakehouse.spark.SqlText;
import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Tables;
import dev.lakehouse.task.TaskContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A Delta table that extracts are loaded into: the source's columns, and {@code _row_checksum BIGINT},
 * {@code _extract BIGINT} (the extract that a row's current state was loaded from), {@code _loaded_at TIMESTAMP}; a
 * quarantine table also {@code _reasons ARRAY<STRING>}.
 */
final class TargetTable {
    static final String EXTRACT = "_extract";
    private static final String EXTRACT_NUMBER = "extract ";

    private final SparkSession session;
    private final Tables tables;
    private final TableName name;

    TargetTable(SparkSession session, Tables tables, TableName name) {
        this.session = session;
        this.tables = tables;
        this.name = name;
    }

    TableName name() {
        return name;
    }

    /** Its name in statements for a user to run. */
    String nameForPeople() {
        return tables.nameForPeople(name);
    }

    /** Its quarantine table. */
    TargetTable quarantine() {
        return new TargetTable(session, tables, name.quarantine());
    }

    /** Whether it is a quarantine: no source has a column of that name. */
    boolean isQuarantine() {
        return Arrays.stream(rows().columns()).anyMatch(Quality.REASONS::equalsIgnoreCase);
    }

    Map<String, String> properties() {
        return tables.properties(name);
    }

    /** Sets properties; one commit. */
    void set(String properties) {
        session.sql("ALTER TABLE " + name.sql() + " SET TBLPROPERTIES (" + properties + ")");
    }

    TargetColumns columns() {
        return new TargetColumns(session, tables, name);
    }

    boolean exists() {
        return tables.find(name);
    }

    /** Opens the table. If it does not exist, it is created from its DDL file, or else from the extract's columns. */
    void open(Manifest manifest, TargetSource source) {
        open(manifest, source, false);
    }

    /** The same for a quarantine, whose rows may lack any value. */
    void openQuarantine(Manifest manifest, TargetSource source, StructField reasons) {
        open(manifest, source, true, reasons);
    }

    private void open(Manifest manifest, TargetSource source, boolean nullable, StructField... more) {
        checkNames(manifest);
        if (tables.open(name)) {
            tables.checkUnmasked(name);
            return;
        }
        StructType technical = new StructType(more)
                .add(RowFormat.CHECKSUM, "bigint", false)
                .add(EXTRACT, "bigint", false)
                .add(Target.LOADED_AT, "timestamp", false);
        String columns = manifest.columns().stream()
                .map(column -> SqlText.identifier(column.name()) + " " + column.sparkType()
                        + (nullable || manifest.isNullable(column) ? "" : " NOT NULL")
                        + (column.comment().isEmpty() ? "" : " COMMENT " + SqlText.literal(column.comment())))
                .collect(Collectors.joining(",\n  "));
        tables.create(
                name,
                "CREATE TABLE " + name.sql() + " (\n  " + columns + ",\n  " + technical.toDDL()
                        + "\n) USING DELTA"
                        + (manifest.comment() == null ? "" : " COMMENT " + SqlText.literal(manifest.comment()))
                        + " TBLPROPERTIES ('delta.enableDeletionVectors' = 'true', "
                        + TargetColumns.FOLLOW_SOURCE + ", " + TargetColumns.NOT_NULL_OF_SOURCE + ", "
                        + source.properties() + ")");
    }

    /** Names are part of the text of CREATE TABLE, where they cannot be escaped. */
    private void checkNames(Manifest manifest) {
        if (!Session.substitutes(session)) {
            return;
        }
        List<String> names = manifest.columns().stream()
                .map(Manifest.SourceColumn::name)
                .filter(column -> column.contains("${"))
                .toList();
        if (!names.isEmpty()) {
            throw new UserError(
                    "Columns of extract " + manifest.extract() + " cannot be loaded on this compute: "
                            + String.join(", ", names) + ".",
                    "Spark replaces ${…} in SQL text by variables, and this compute does not allow switching that off.",
                    "Load on a cluster in dedicated access mode, or rename the columns in the source.");
        }
    }

    /** The table in its state at the start of a load. */
    Target target(TaskContext context, List<String> key) {
        return Target.open(context, new KeyedTable(name, key, List.of()));
    }

    /** The rows with the columns after the change. */
    Dataset<Row> rows(SchemaChange change) {
        Dataset<Row> rows = rows();
        for (StructField field : change.added()) {
            rows = rows.withColumn(field.name(), lit(null).cast(field.dataType()));
        }
        for (StructField field : change.widened()) {
            rows = rows.withColumn(
                    field.name(), col(SqlText.identifier(field.name())).cast(field.dataType()));
        }
        return rows;
    }

    /** The source's columns that the rows have. Names are compared without case. */
    static List<ColumnDefinition> present(List<ColumnDefinition> columns, Dataset<Row> rows) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(List.of(rows.columns()));
        return columns.stream().filter(column -> names.contains(column.name())).toList();
    }

    Dataset<Row> rows() {
        return session.table(name.sql());
    }

    StructType schema() {
        return rows().schema();
    }

    boolean isEmpty() {
        return rows().isEmpty();
    }

    /**
     * The extract that was loaded last.
     *
     * @param number its number; 0 before the first load
     * @param proof what its last successful load has proven; empty if none succeeded
     */
    record Loaded(long number, Optional<LoadProof> proof) {}

    Loaded loaded(TaskContext context) {
        if (!exists()) {
            return new Loaded(0, Optional.empty());
        }
        Optional<Result> inLedger = context.ledger().lastLoad(name.toString(), tables.createdAt(name));
        long proven = inLedger.flatMap(Result::extract).orElse(0L);
        long inTable = Target.currentSourceVersion(tables, name)
                .flatMap(TargetTable::extractOf)
                .orElseGet(this::lastInRows);
        return new Loaded(
                Math.max(proven, inTable),
                inLedger.filter(load -> proven >= inTable).flatMap(LoadProof::of));
    }

    /** The number of the extract that was loaded last; 0 before the first load. */
    long lastLoaded(TaskContext context) {
        return loaded(context).number();
    }

    /** The version of its last commit. */
    long version() {
        return tables.version(name);
    }

    /** See {@link Target#versionIfUnchangedSince}. */
    OptionalLong versionIfUnchangedSince(long version) {
        return Target.versionIfUnchangedSince(tables, name, version);
    }

    /** What the commit of an extract's load leaves behind. */
    static String sourceVersion(long extract) {
        return EXTRACT_NUMBER + extract;
    }

    /** Empty for commits of earlier versions, which did not name the extract. */
    private static Optional<Long> extractOf(String sourceVersion) {
        return Optional.of(sourceVersion)
                .filter(text -> text.matches(EXTRACT_NUMBER + "\\d{1,18}"))
                .map(text -> Long.parseLong(text.substring(EXTRACT_NUMBER.length())));
    }

    /**
     * The highest extract that left its number in a row, for a table that others have written to since its last load. An
     * extract that only deleted rows leaves none.
     */
    private long lastInRows() {
        if (Target.isNew(tables, name)) {
            return 0; // known without a query
        }
        Row row = rows().agg(max(EXTRACT)).head();
        return row.isNullAt(0) ? 0 : row.getLong(0);
    }
}
