package dev.lakehouse.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import dev.lakehouse.UserError;
import dev.lakehouse.quality.Quality;
import dev.lakehouse.spark.Session;
import dev.lakehouse.spark.SqlText;
import dev.lakehouse.table.MergeSettings;
import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Tables;
import dev.lakehouse.task.TaskContext;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A Delta table that extracts are loaded into: the source's columns, and {@code _row_checksum BIGINT},
 * {@code _extract BIGINT} (which extract brought the row's present state), {@code _loaded_at TIMESTAMP}; a quarantine
 * table also {@code _reasons ARRAY<STRING>}.
 */
final class TargetTable {
    static final String EXTRACT = "_extract";
    static final String LOADED_AT = "_loaded_at";

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

    /** Its name in statements that a person runs. */
    String nameForPeople() {
        return tables.nameForPeople(name);
    }

    /** The table of its bad rows. */
    TargetTable quarantine() {
        return new TargetTable(session, tables, name.with("_quarantine"));
    }

    /** Whether it is a quarantine: no source has a column of that name. */
    boolean isQuarantine() {
        return Arrays.stream(rows().columns()).anyMatch(Quality.REASONS::equalsIgnoreCase);
    }

    /** The properties that it has. */
    Map<String, String> properties() {
        return tables.properties(name);
    }

    /** Sets properties; one commit. */
    void set(String properties) {
        session.sql("ALTER TABLE " + name.sql() + " SET TBLPROPERTIES (" + properties + ")");
    }

    /** How its columns follow the source's. */
    TargetColumns columns() {
        return new TargetColumns(session, tables, name);
    }

    boolean exists() {
        return tables.find(name);
    }

    /** Makes it known, created where it does not exist: by its DDL file, else by the extract's columns. */
    void open(Manifest manifest, TargetSource source, StructField... more) {
        checkNames(manifest);
        if (tables.open(name)) {
            tables.checkUnmasked(name);
            return;
        }
        StructType technical = new StructType(more)
                .add(RowFormat.CHECKSUM, "bigint", false)
                .add(EXTRACT, "bigint", false)
                .add(LOADED_AT, "timestamp", false);
        String columns = manifest.columns().stream()
                .map(column -> Sql.quoted(column.name()) + " " + column.sparkType()
                        + (column.comment().isEmpty() ? "" : " COMMENT " + SqlText.literal(column.comment())))
                .collect(Collectors.joining(",\n  "));
        tables.create(
                name,
                "CREATE TABLE " + name.sql() + " (\n  " + columns + ",\n  " + technical.toDDL()
                        + "\n) USING DELTA TBLPROPERTIES ('delta.enableDeletionVectors' = 'true', "
                        + TargetColumns.FOLLOW_SOURCE + ", " + source.properties() + ")");
    }

    /** Names stand in the text of CREATE TABLE and MERGE, where they cannot be escaped. */
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
                    "Spark replaces ${…} in SQL text by variables here, and this compute does not let that be switched off.",
                    "Load on a cluster in dedicated access mode, or rename the columns in the source.");
        }
    }

    /** The rows as they are once the columns are changed. */
    Dataset<Row> rows(SchemaChange change) {
        Dataset<Row> rows = rows();
        for (StructField field : change.added()) {
            rows = rows.withColumn(field.name(), lit(null).cast(field.dataType()));
        }
        for (StructField field : change.widened()) {
            rows = rows.withColumn(field.name(), col(Sql.quoted(field.name())).cast(field.dataType()));
        }
        return rows;
    }

    /** Of a source's columns those that rows have; names are compared without case. */
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

    /** The number of the extract whose state the table has; 0 where there is none. */
    long lastLoaded(TaskContext context) {
        if (!exists()) {
            return 0;
        }
        OptionalLong inLedger = context.ledger().lastExtract(name.toString(), tables.createdAt(name));
        return Math.max(inLedger.orElse(0), lastInRows());
    }

    /** The highest extract that left its number in a row; one that only deleted rows leaves none. */
    private long lastInRows() {
        Row row = rows().agg(max(EXTRACT)).head();
        return row.isNullAt(0) ? 0 : row.getLong(0);
    }

    /**
     * Appends rows, as one commit.
     *
     * @param rows the source's columns and {@link RowFormat#CHECKSUM}
     * @param planned the table's version that the rows were compared with
     */
    void append(Dataset<Row> rows, long extract, long planned, Instant loadedAt) {
        commit(extract, planned, token -> stamped(rows, extract, loadedAt)
                .write()
                .format("delta")
                .mode("append")
                .option("txnAppId", token.application())
                .option("txnVersion", token.version())
                .saveAsTable(name.sql()));
    }

    /**
     * Applies a change set by one MERGE.
     *
     * @param changes {@link ChangeSet#OPERATION}, {@link ChangeSet#MATCHES}, the source's columns and
     *     {@link RowFormat#CHECKSUM}
     * @param planned the table's version that the rows were compared with
     */
    void merge(Dataset<Row> changes, List<String> key, long extract, long planned, Instant loadedAt) {
        Dataset<Row> source = stamped(changes, extract, loadedAt);
        // The session may be shared, and tables of two schemas have one name.
        String view = "lakehouse_changes_" + UUID.randomUUID().toString().replace("-", "");
        source.createOrReplaceTempView(view);
        List<String> columns = Arrays.stream(source.columns())
                .filter(column -> !column.equals(ChangeSet.OPERATION) && !column.equals(ChangeSet.MATCHES))
                .map(Sql::quoted)
                .toList();
        String merge = """
                MERGE INTO %s AS target USING %s AS source
                ON source.%s AND %s
                WHEN MATCHED AND source.%s = '%s' THEN DELETE
                WHEN MATCHED THEN UPDATE SET %s
                WHEN NOT MATCHED AND source.%s <> '%s' THEN INSERT (%s) VALUES (%s)
                """.formatted(
                        name.sql(),
                        view,
                        ChangeSet.MATCHES,
                        each(key.stream().map(Sql::quoted).toList(), " AND ", c -> "target." + c + " <=> source." + c),
                        ChangeSet.OPERATION,
                        ChangeSet.DELETE,
                        each(columns, ", ", c -> c + " = source." + c),
                        ChangeSet.OPERATION,
                        ChangeSet.DELETE,
                        String.join(", ", columns),
                        each(columns, ", ", c -> "source." + c));
        // Applied a second time, the changes of an extract change nothing: a MERGE without its number is right as well.
        Runnable run = () -> session.sql(merge);
        try {
            commit(extract, planned, token -> new MergeSettings(Map.of(
                            "spark.databricks.delta.write.txnAppId", token.application(),
                            "spark.databricks.delta.write.txnVersion", Long.toString(token.version())))
                    .run(session, run, run));
        } finally {
            session.catalog().dropTempView(view);
        }
    }

    /** A number by which Delta recognises a commit that was made before. */
    private record Token(String application, long version) {}

    /** The table's version. */
    long version() {
        return tables.version(name);
    }

    /**
     * Makes a commit under the extract's number, unless the table is no longer the one that was compared. Delta leaves out,
     * without a word, a number that it has seen: where nobody else has changed the table meanwhile, the extract was loaded
     * before and the table edited since, and the commit is made under a number of another series.
     */
    private void commit(long extract, long planned, Consumer<Token> write) {
        if (version() != planned) {
            throw TargetErrors.changedMeanwhile(name, null);
        }
        String load = "lakehouse load of " + name;
        write.accept(new Token(load, extract));
        if (version() == planned) {
            write.accept(new Token(load + ", again", planned + 1));
        }
    }

    private static Dataset<Row> stamped(Dataset<Row> rows, long extract, Instant loadedAt) {
        return rows.withColumn(EXTRACT, lit(extract)).withColumn(LOADED_AT, lit(loadedAt));
    }

    private static String each(List<String> columns, String between, UnaryOperator<String> form) {
        return columns.stream().map(form).collect(Collectors.joining(between));
    }
}
