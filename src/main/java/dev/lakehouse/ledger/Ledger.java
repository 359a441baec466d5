package dev.lakehouse.ledger;

import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Tables;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The ledger of task runs: a table that is appended to and never changed. */
public final class Ledger {
    static final StructType SCHEMA = schema();

    /** The table that it is kept in. */
    public static final TableName TABLE = new TableName("ops", "task_runs");

    private final SparkSession session;
    private final Tables tables;

    private Ledger(SparkSession session, Tables tables) {
        this.session = session;
        this.tables = tables;
    }

    /** The ledger among the lakehouse's tables. */
    public static Ledger in(SparkSession session, Tables tables) {
        return new Ledger(session, tables);
    }

    /** Appends one row. */
    public void append(TaskRun run) {
        tables.open(TABLE);
        session.createDataFrame(List.of(run.row()), SCHEMA)
                .write()
                .format("delta")
                .mode("append")
                // A table from before a measure was counted gets its column.
                .option("mergeSchema", "true")
                .saveAsTable(TABLE.sql());
    }

    /**
     * The highest extract number that was brought into a table; empty where there is none.
     *
     * @param since what ended before is not counted: it was about an earlier table of the same name
     */
    public OptionalLong lastExtract(String target, Instant since) {
        Row max = successes(target)
                .where(functions
                        .expr("timestampadd(MILLISECOND, duration_ms, started_at)")
                        .geq(functions.lit(since)))
                // Loads count what they insert; an extract, whose table in the source may be called like this, does
                // not.
                .where(functions.col(Measure.ROWS_INSERTED.column()).isNotNull())
                .agg(functions.max("extract"))
                .head();
        return max.isNullAt(0) ? OptionalLong.empty() : OptionalLong.of(max.getLong(0));
    }

    /** When a task last began what it then did to a table; empty where it never did. */
    public Optional<Instant> lastSuccess(String target, String task) {
        Row max = successes(target)
                .where(functions.col("task").equalTo(task))
                .agg(functions.unix_micros(functions.max("started_at")))
                .head();
        return max.isNullAt(0) ? Optional.empty() : Optional.of(Instant.EPOCH.plus(max.getLong(0), ChronoUnit.MICROS));
    }

    /** What runs did, summed up for each table and task that did not fail, in the order in which they began. */
    public List<Totals> totals(Collection<String> runIds) {
        Column[] sums = Arrays.stream(Measure.values())
                .map(measure -> functions.sum(measure.column()).as(measure.column()))
                .toArray(Column[]::new);
        return rows()
                .where(functions.col("run_id").isin(runIds.toArray()))
                .where("table_name IS NOT NULL AND outcome <> 'failed'")
                .groupBy("table_name", "task", "outcome")
                .agg(functions.min("started_at").as("started_at"), sums)
                .orderBy("started_at")
                .collectAsList()
                .stream()
                .map(Totals::of)
                .toList();
    }

    private Dataset<Row> rows() {
        return tables.find(TABLE) ? session.table(TABLE.sql()) : session.createDataFrame(List.<Row>of(), SCHEMA);
    }

    private Dataset<Row> successes(String target) {
        return rows().where(functions.col("table_name").equalTo(target))
                .where(functions.col("outcome").equalTo("succeeded"));
    }

    private static StructType schema() {
        StructType schema = new StructType()
                .add("run_id", DataTypes.StringType)
                .add("task", DataTypes.StringType)
                .add("table_name", DataTypes.StringType)
                .add("extract", DataTypes.LongType)
                .add("started_at", DataTypes.TimestampType)
                .add("duration_ms", DataTypes.LongType)
                .add("outcome", DataTypes.StringType);
        for (Measure measure : Measure.values()) {
            schema = schema.add(measure.column(), DataTypes.LongType);
        }
        return schema.add("checksum", DataTypes.createDecimalType(38, 0)).add("message", DataTypes.StringType);
    }
}
