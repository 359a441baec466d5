package dev.lakehouse.load;

import dev.lakehouse.task.TaskContext;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
    private final List<Commit> newest;
    private final long ownCommits;
    private LastLoad lastLoad;

    private Target(TaskContext context, KeyedTable table, List<Commit> newest, long ownCommits) {
        this.context = context;
        this.table = table;
        this.newest = newest;
        this.ownCommits = ownCommits;
    }

    /** Opens a table; one that does not exist yet is created by its DDL file. */
    public static Target open(TaskContext context, KeyedTable table) {
        context.tables().open(table.name());
        context.tables().checkUnmasked(table.name());
        return new Target(context, table, Commit.newest(context.session(), table.name(), LastLoad.FEW), 0);
    }

    /** The same after commits that the load itself has made, such as a change of the schema. */
    public Target after(long commits) {
        return new Target(context, table, newest, ownCommits + commits);
    }

    public KeyedTable table() {
        return table;
    }

    public Dataset<Row> rows() {
        return session().table(table.name().sql());
    }

    /** Whether no commit has brought rows yet. Where this is unknown, as in a longer history, it is false. */
    public boolean isNew() {
        return newest.get(newest.size() - 1).version() == 0 && newest.stream().allMatch(Commit::isWithoutRows);
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

    /**
     * The same where the table still has the rows that the last load left, or where only maintenance was done since; empty
     * where others have written.
     */
    public Optional<String> currentSourceVersion() {
        return Optional.of(lastLoad()).filter(LastLoad::isCurrent).map(LastLoad::sourceVersion);
    }

    /** The last load before the target was opened; searched only where something is written or the source version is asked for. */
    LastLoad lastLoad() {
        if (lastLoad == null) {
            lastLoad = LastLoad.of(session(), table.name(), newest);
        }
        return lastLoad;
    }

    /** The version that the table has if nobody else has committed. */
    long expectedVersion() {
        return newest.get(0).version() + ownCommits;
    }

    SparkSession session() {
        return context.session();
    }

    Clock clock() {
        return context.clock();
    }
}
