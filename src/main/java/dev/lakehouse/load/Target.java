package dev.lakehouse.load;

import dev.lakehouse.task.TaskContext;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A table as a load finds it. A {@link MergePlan} is made against it, and {@link DeltaSink} refuses to write the plan once
 * another load has changed the table.
 */
public final class Target {
    /** When a row's present state was written: {@code TIMESTAMP}, the last column of each table. */
    public static final String LOADED_AT = "_loaded_at";

    private final TaskContext context;
    private final KeyedTable table;
    private final long version;
    private final long ownCommits;
    private LastLoad lastLoad;

    private Target(TaskContext context, KeyedTable table, long version, long ownCommits) {
        this.context = context;
        this.table = table;
        this.version = version;
        this.ownCommits = ownCommits;
    }

    /** Opens a table; one that does not exist yet is created by its DDL file. */
    public static Target open(TaskContext context, KeyedTable table) {
        context.tables().open(table.name());
        context.tables().checkUnmasked(table.name());
        return new Target(context, table, LastLoad.tableVersion(context.session(), table.name()), 0);
    }

    /** The same after commits that the load itself has made, such as a change of the schema. */
    public Target after(long commits) {
        return new Target(context, table, version, ownCommits + commits);
    }

    public KeyedTable table() {
        return table;
    }

    public Dataset<Row> rows() {
        return session().table(table.name().sql());
    }

    /** The rows whose keys are among those of others. */
    public Dataset<Row> rowsWithKeysOf(Dataset<Row> others) {
        return rows().join(others.select(Columns.named(table.key())).distinct(), table.keyColumns(), "left_semi");
    }

    /** The columns that a row brings: all but {@link #LOADED_AT}. */
    public List<String> columns() {
        return Arrays.stream(rows().columns())
                .filter(column -> !column.equals(LOADED_AT))
                .toList();
    }

    /** What the last load left by {@link DeltaSink#sourceVersion}; empty where it left nothing or cannot be found. */
    public String sourceVersion() {
        return lastLoad().sourceVersion();
    }

    /** The last load before the target was opened; searched only where something is written or the source version is asked for. */
    LastLoad lastLoad() {
        if (lastLoad == null) {
            lastLoad = LastLoad.upTo(session(), table.name(), version);
        }
        return lastLoad;
    }

    /** The version that the table has if nobody else has committed. */
    long expectedVersion() {
        return version + ownCommits;
    }

    SparkSession session() {
        return context.session();
    }

    Clock clock() {
        return context.clock();
    }
}
