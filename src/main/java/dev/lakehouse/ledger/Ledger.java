package dev.lakehouse.ledger;

import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Tables;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The ledger of task runs, {@code ops.task_runs}: appended to, never changed. */
public final class Ledger {
    private static final TableName TABLE = new TableName("ops", "task_runs");

    static final StructType SCHEMA = schema();

    private final SparkSession session;
    private final Tables tables;

    private Ledger(SparkSession session, Tables tables) {
        this.session = session;
        this.tables = tables;
    }

    /** The ledger among the given tables. */
    public static Ledger of(SparkSession session, Tables tables) {
        return new Ledger(session, tables);
    }

    /** Appends one row. */
    public void append(TaskRun run) {
        tables.open(TABLE);
        session.createDataFrame(List.of(run.row()), SCHEMA)
                .write()
                .format("delta")
                .mode("append")
                .saveAsTable(TABLE.sql());
    }

    /**
     * The highest extract number that a task has brought into a table; empty where there is none.
     *
     * @param since what ended before is not counted: it was about an earlier table of the same name
     */
    public OptionalLong lastExtract(TableName target, String task, Instant since) {
        if (!tables.find(TABLE)) {
            return OptionalLong.empty();
        }
        var max = session.table(TABLE.sql())
                .where(functions.col("table_name").equalTo(target.toString()))
                .where(functions.col("task").equalTo(task))
                .where(functions.col("outcome").equalTo("succeeded"))
                .where(functions
                        .expr("timestampadd(MILLISECOND, duration_ms, started_at)")
                        .geq(functions.lit(since)))
                .agg(functions.max("extract"))
                .head();
        return max.isNullAt(0) ? OptionalLong.empty() : OptionalLong.of(max.getLong(0));
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
