package dev.lakehouse.ingest;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import dev.lakehouse.UserError;
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

    boolean exists() {
        return tables.find(name);
    }

    /** Makes it known, created where it does not exist: by its DDL file, else by the extract's columns. */
    void open(Manifest manifest, StructField... more) {
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
                        + "\n) USING DELTA TBLPROPERTIES (" + properties(manifest) + ")");
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

    /** Names that Parquet's fields cannot have are kept by Delta's column mapping. */
    private static String properties(Manifest manifest) {
        boolean odd =
                manifest.columns().stream().anyMatch(column -> column.name().matches(".*[ ,;{}()\\n\\t=].*"));
        return "'delta.enableDeletionVectors' = 'true'" + (odd ? ", 'delta.columnMapping.mode' = 'name'" : "");
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
     * Appends rows, as one commit that is skipped where it, or that of a later extract, was made before.
     *
     * @param rows the source's columns and {@link RowFormat#CHECKSUM}
     */
    void append(Dataset<Row> rows, long extract, Instant loadedAt) {
        stamped(rows, extract, loadedAt)
                .write()
                .format("delta")
                .mode("append")
                .option("mergeSchema", "true")
                .option("txnAppId", transaction())
                .option("txnVersion", extract)
                .saveAsTable(name.sql());
    }

    /**
     * Applies a change set by one MERGE, skipped like an append.
     *
     * @param changes {@link ChangeSet#OPERATION}, the source's columns and {@link RowFormat#CHECKSUM}
     */
    void merge(Dataset<Row> changes, List<String> key, long extract, Instant loadedAt) {
        Dataset<Row> source = stamped(changes, extract, loadedAt);
        String view = "lakehouse_changes_of_" + name.table();
        source.createOrReplaceTempView(view);
        List<String> columns = Arrays.stream(source.columns())
                .filter(column -> !column.equals(ChangeSet.OPERATION))
                .map(Sql::quoted)
                .toList();
        String merge = """
                MERGE WITH SCHEMA EVOLUTION INTO %s AS target USING %s AS source
                ON %s
                WHEN MATCHED AND source.%s = '%s' THEN DELETE
                WHEN MATCHED THEN UPDATE SET %s
                WHEN NOT MATCHED AND source.%s <> '%s' THEN INSERT (%s) VALUES (%s)
                """.formatted(
                        name.sql(),
                        view,
                        each(key.stream().map(Sql::quoted).toList(), " AND ", c -> "target." + c + " <=> source." + c),
                        ChangeSet.OPERATION,
                        ChangeSet.DELETE,
                        each(columns, ", ", c -> c + " = source." + c),
                        ChangeSet.OPERATION,
                        ChangeSet.DELETE,
                        String.join(", ", columns),
                        each(columns, ", ", c -> "source." + c));
        MergeSettings settings = new MergeSettings(Map.of(
                "spark.databricks.delta.write.txnAppId", transaction(),
                "spark.databricks.delta.write.txnVersion", Long.toString(extract)));
        // Applied a second time, the changes of an extract change nothing: a MERGE without its number is right as well.
        Runnable run = () -> session.sql(merge);
        try {
            settings.run(session, run, run);
        } finally {
            session.catalog().dropTempView(view);
        }
    }

    /** Versions of one application only ever grow: the extract's number. */
    private String transaction() {
        return "lakehouse load of " + name;
    }

    private static Dataset<Row> stamped(Dataset<Row> rows, long extract, Instant loadedAt) {
        return rows.withColumn(EXTRACT, lit(extract)).withColumn(LOADED_AT, lit(loadedAt));
    }

    private static String each(List<String> columns, String between, UnaryOperator<String> form) {
        return columns.stream().map(form).collect(Collectors.joining(between));
    }
}
