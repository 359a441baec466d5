package dev.lakehouse.load;

import dev.lakehouse.table.Commit;
import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Tables;
import dev.lakehouse.task.TaskContext;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A table in its state at the start of a load. A {@link MergePlan} is made against it, and {@link DeltaSink} refuses to
 * write the plan if another load has changed the table since.
 */
public final class Target {
    /** When the current state of a row was written: {@code TIMESTAMP}, the last column of each table. */
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

    /** Opens a table. If it does not exist yet, it is created from its DDL file. */
    public static Target open(TaskContext context, KeyedTable table) {
        context.tables().open(table.name());
        context.tables().checkUnmasked(table.name());
        return new Target(context, table, LastLoad.newestCommits(context.tables(), table.name()), 0);
    }

    /** The same table after commits of the load itself, such as a change of the schema. */
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
        return isNew(newest);
    }

    /** The same for an existing table, which is not opened. */
    public static boolean isNew(Tables tables, TableName table) {
        return isNew(LastLoad.newestCommits(tables, table));
    }

    private static boolean isNew(List<Commit> newest) {
        return newest.get(newest.size() - 1).version() == 0 && newest.stream().allMatch(Commit::isWithoutRows);
    }

    /** The rows whose keys are among those of others. */
    public Dataset<Row> rowsWithKeysOf(Dataset<Row> others) {
        return rows().join(others.select(Columns.named(table.key())), table.keyColumns(), "left_semi");
    }

    /** The columns that a load provides: all but {@link #LOADED_AT}. */
    public List<String> columns() {
        return Arrays.stream(rows().columns())
                .filter(column -> !column.equals(LOADED_AT))
                .toList();
    }

    /** The source version that the last load stored by {@link DeltaSink#sourceVersion}; empty if there is none. */
    public String sourceVersion() {
        return lastLoad().sourceVersion();
    }

    /** Whether rows may be missing that loads have brought: others have written since the last load, and there are no rows. */
    public boolean wasEmptied() {
        return !lastLoad().isCurrent() && rows().isEmpty();
    }

    /**
     * What the last load of an existing table left by {@link DeltaSink#sourceVersion}, if the table still has the rows that it
     * had then or only maintenance ran since; empty if others have written, or if no load has brought rows. The table is not
     * changed or created.
     */
    public static Optional<String> currentSourceVersion(Tables tables, TableName table) {
        return Optional.of(LastLoad.of(tables, table, LastLoad.newestCommits(tables, table)))
                .filter(LastLoad::isCurrent)
                .map(LastLoad::sourceVersion);
    }

    /**
     * The version of an existing table if it still has the rows and columns of an earlier version; empty if it was changed
     * since, or if its history is too long to tell.
     *
     * @param version the earlier one; -1 for the time before it was created
     */
    public static OptionalLong versionIfUnchangedSince(Tables tables, TableName table, long version) {
        for (int most : List.of(LastLoad.FEW, LastLoad.MANY)) {
            List<Commit> newest = tables.newestCommits(table, most);
            List<Commit> since =
                    newest.stream().filter(commit -> commit.version() > version).toList();
            if (!since.stream().allMatch(commit -> commit.keepsRows() && !commit.addsColumns())) {
                return OptionalLong.empty();
            }
            if (since.size() < newest.size() || newest.get(newest.size() - 1).version() == 0) {
                return OptionalLong.of(newest.get(0).version());
            }
        }
        return OptionalLong.empty();
    }

    /** The last load before the target was opened; searched only where something is written or the source version is asked for. */
    LastLoad lastLoad() {
        if (lastLoad == null) {
            lastLoad = LastLoad.of(tables(), table.name(), newest);
        }
        return lastLoad;
    }

    /** The version of the table if no other writer has made a commit. */
    long expectedVersion() {
        return newest.get(0).version() + ownCommits;
    }

    Tables tables() {
        return context.tables();
    }

    SparkSession session() {
        return context.session();
    }

    Clock clock() {
        return context.clock();
    }
}
