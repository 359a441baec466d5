package dev.lakehouse.load;

import static java.lang.System.Logger.Level.INFO;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import dev.lakehouse.table.TableName;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Writes a {@link MergePlan} as one commit: an append if rows are only inserted, an overwrite if all rows are replaced,
 * otherwise a MERGE. An empty plan makes no commit.
 *
 * <p>The commit has a Delta transaction number. If two loads planned against the same state, Delta refuses one of them,
 * even if both only append or if maintenance made commits in between. The number is the extract's number, or else the
 * version of the last load's commit plus one; each kind has its own application id. Delta skips a commit whose number
 * it already has, without an error. So the sink then looks for its commit by a tag in the commit's metadata.
 *
 * @param target the table that the plan was made against
 * @param extract the number of the extract that the plan loads
 * @param sourceVersion what {@link Target#sourceVersion()} returns to the next load
 */
public record DeltaSink(Target target, OptionalLong extract, String sourceVersion) {
    private static final Logger LOG = System.getLogger(DeltaSink.class.getName());
    private static final String APPLICATION = "txnAppId";
    private static final String NUMBER = "txnVersion";
    private static final String METADATA = "userMetadata";

    /** For example, another first load added the constraints. */
    private static final Set<String> SCHEMA_CHANGED = Set.of("DELTA_METADATA_CHANGED", "DELTA_PROTOCOL_CHANGED");

    private static final int ATTEMPTS = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    /** For a plan that was made against a target. */
    public static DeltaSink of(Target target) {
        return new DeltaSink(target, OptionalLong.empty(), "");
    }

    /**
     * Uses an extract's number as the transaction number. An extract that was loaded before is loaded again if the
     * table was edited since.
     */
    public DeltaSink extract(long number) {
        return new DeltaSink(target, OptionalLong.of(number), sourceVersion);
    }

    /**
     * Stores the version of the source up to which the table is loaded, for the next load. An empty plan makes no
     * commit, so the previous version stays.
     */
    public DeltaSink sourceVersion(String text) {
        return new DeltaSink(target, extract, text);
    }

    /** Writes a plan, and returns it. */
    public static MergePlan write(MergePlan plan) {
        of(plan.target()).commit(plan);
        return plan;
    }

    /**
     * Writes a plan that was made against the target.
     *
     * @throws ConcurrentWriteException if another writer made a commit first; nothing is written then
     * @throws RejectedRowsException if a constraint of the table refuses rows; nothing is written then
     */
    public void commit(MergePlan plan) {
        commit(plan, UnaryOperator.identity());
    }

    /** @param settings what a MERGE sets in the session; the compute may refuse it */
    void commit(MergePlan plan, UnaryOperator<Map<String, String>> settings) {
        if (plan.isEmpty()) {
            return;
        }
        Writer writer =
                plan.isReplacement() ? replacer(plan) : plan.onlyInserts() ? appender(plan) : merger(plan, settings);
        String commitTag = LastLoad.newCommitTag();
        if (extract.isPresent()) {
            checkUnchanged();
            if (isWritten(writer, "lakehouse extract into " + name(), extract.getAsLong(), commitTag)) {
                return;
            }
            // The extract was loaded before, and the table was edited since.
            checkUnchanged();
        }
        long next = target.lastLoad().version() + 1;
        if (!isWritten(writer, "lakehouse load into " + name(), next, commitTag)) {
            throw new ConcurrentWriteException(name(), null);
        }
    }

    private boolean isWritten(Writer writer, String application, long number, String commitTag) {
        Transaction transaction = new Transaction(application, number, commitTag + " " + sourceVersion);
        try {
            return !writer.write(transaction) || LastLoad.isCommitted(target.tables(), name(), commitTag);
        } catch (RuntimeException e) {
            throw explain(e);
        }
    }

    /**
     * Runs a step of a load. If another writer conflicts with it, the step is repeated a few times.
     *
     * @param step opens its targets, makes its plans and writes them; it must recognise what it wrote before
     */
    public static <T> T retrying(Supplier<T> step) {
        for (int attempt = 1; ; attempt++) {
            try {
                return step.get();
            } catch (ConcurrentWriteException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.log(INFO, "Attempt " + attempt + " of " + ATTEMPTS + ": " + e.problem());
                long longest = FIRST_PAUSE.multipliedBy(1L << attempt).toNanos();
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest));
            }
        }
    }

    /** Makes a commit; false if the commit could not get a number and a tag. */
    private interface Writer {
        boolean write(Transaction transaction);
    }

    /** What Delta stores with a commit. */
    private record Transaction(String application, long number, String metadata) {
        Map<String, String> options() {
            return Map.of(APPLICATION, application, NUMBER, Long.toString(number), METADATA, metadata);
        }

        /** A MERGE has no options. */
        Map<String, String> settings() {
            return Map.of(
                    "spark.databricks.delta.write." + APPLICATION,
                    application,
                    "spark.databricks.delta.write." + NUMBER,
                    Long.toString(number),
                    "spark.databricks.delta.commitInfo." + METADATA,
                    metadata,
                    // A plan's rows lie in files, so a MERGE may read them twice.
                    "spark.databricks.delta.merge.materializeSource",
                    "none");
        }
    }

    private Writer appender(MergePlan plan) {
        List<String> order = target.table().order();
        Column[] sorting = Columns.named(order);
        int files = OutputFileCount.of(plan.inserted());
        Dataset<Row> rows = stamped(plan.inserts());
        if (!order.isEmpty()) {
            rows = (files == 1 ? rows.coalesce(1) : rows.repartitionByRange(files, sorting))
                    .sortWithinPartitions(sorting);
        }
        DataFrameWriter<Row> writer =
                rows.write().format("delta").mode("append").option("maxRecordsPerFile", OutputFileCount.MOST_ROWS);
        return transaction -> {
            writer.options(transaction.options()).saveAsTable(name().sql());
            return true;
        };
    }

    private Writer replacer(MergePlan plan) {
        Dataset<Row> rows = stamped(plan.inserts());
        return transaction -> {
            try {
                rows.writeTo(name().sql())
                        .options(transaction.options())
                        .option("maxRecordsPerFile", OutputFileCount.MOST_ROWS)
                        .overwrite(lit(true));
            } catch (NoSuchTableException e) {
                throw new ConcurrentWriteException(name(), e); // dropped since it was opened
            }
            return true;
        };
    }

    private Writer merger(MergePlan plan, UnaryOperator<Map<String, String>> settings) {
        Dataset<Row> changes = stamped(plan.changes()).as("source");
        // The MERGE runs in the session of the rows. A stream's batch has a different session than the target.
        return transaction -> new MergeSettings(settings.apply(transaction.settings()))
                .run(changes.sparkSession(), () -> merge(changes), () -> {
                    // Delta never skips a commit without a number, so the table's version is checked instead. A commit
                    // that is made after this check and touches the same files makes Delta refuse this one.
                    checkUnchanged();
                    merge(changes);
                });
    }

    private void merge(Dataset<Row> changes) {
        String table = name().sql();
        Column isDelete = MergePlan.isDelete(source(MergePlan.OPERATION));
        Column sameKey = target.table().key().stream()
                .map(column -> col(table + "." + Columns.quoted(column)).eqNullSafe(source(column)))
                .reduce(source(MergePlan.MATCHES), Column::and);
        Map<String, Column> values = new LinkedHashMap<>();
        Arrays.stream(changes.columns())
                .filter(column -> !column.equals(MergePlan.OPERATION) && !column.equals(MergePlan.MATCHES))
                .forEach(column -> values.put(Columns.quoted(column), source(column)));
        changes.mergeInto(table, sameKey)
                .whenMatched(isDelete)
                .delete()
                .whenMatched()
                .update(scala(values))
                .whenNotMatched(not(isDelete))
                .insert(scala(values))
                .merge();
    }

    /** The methods of MERGE take Scala's maps. */
    private static scala.collection.immutable.Map<String, Column> scala(Map<String, Column> map) {
        return scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(map));
    }

    private static Column source(String column) {
        return col("source." + Columns.quoted(column));
    }

    private Dataset<Row> stamped(Dataset<Row> rows) {
        return rows.withColumn(Target.LOADED_AT, lit(target.clock().instant()));
    }

    private void checkUnchanged() {
        if (target.tables().version(name()) != target.expectedVersion()) {
            throw new ConcurrentWriteException(name(), null);
        }
    }

    private TableName name() {
        return target.table().name();
    }

    private RuntimeException explain(RuntimeException failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            String condition = t instanceof SparkThrowable spark ? String.valueOf(spark.getCondition()) : "";
            if (condition.contains("CONSTRAINT")) {
                return new RejectedRowsException(name(), failure);
            }
            if (condition.startsWith("DELTA_CONCURRENT") || SCHEMA_CHANGED.contains(condition)) {
                return new ConcurrentWriteException(name(), failure);
            }
        }
        return failure;
    }
}
