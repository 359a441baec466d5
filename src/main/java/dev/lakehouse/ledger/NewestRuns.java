package dev.lakehouse.ledger;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.table.Tables;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * The newest successful runs in the ledger's table: of each task on each table its start, and of each table the load of its
 * newest extract. One query finds them for all tables, and its result is used until the ledger's table has another version.
 */
final class NewestRuns {
    private static final List<Measure> PROVEN =
            List.of(Measure.TARGET_VERSION, Measure.QUARANTINE_VERSION, Measure.RULES);

    private static final Map<String, NewestRuns> KNOWN = new ConcurrentHashMap<>();

    private final long version;
    /** By the name of the table. */
    private final Map<String, Load> ofNewestExtract = new HashMap<>();

    private final Map<String, Load> latest = new HashMap<>();

    private final Map<List<String>, Instant> starts = new HashMap<>();

    private NewestRuns(long version) {
        this.version = version;
    }

    /**
     * A successful load.
     *
     * @param result its extract and what it has proven
     */
    record Load(Instant startedAt, Instant endedAt, Result result) {
        static Load of(Row row) {
            Instant startedAt = row.<Timestamp>getAs("started_at").toInstant();
            Result result = Result.none().extract(row.getAs("extract"));
            for (Measure measure : PROVEN) {
                Long value = row.getAs(measure.column());
                result = value == null ? result : result.count(measure, value);
            }
            return new Load(startedAt, startedAt.plus(Duration.ofMillis(row.getAs("duration_ms"))), result);
        }

        long extract() {
            return result.extract().orElseThrow();
        }
    }

    /** Those of a ledger whose table exists. */
    static NewestRuns of(SparkSession session, Tables tables) {
        long version = tables.version(Ledger.TABLE);
        // One of several tasks at the same time asks, and the others wait.
        return KNOWN.compute(
                tables.location(Ledger.TABLE),
                (location, known) -> known != null && known.version == version ? known : read(session, version));
    }

    private static NewestRuns read(SparkSession session, long version) {
        NewestRuns newest = new NewestRuns(version);
        var rows = session.table(Ledger.TABLE.sql());
        List<String> columns = List.of(rows.columns());
        Stream<Column> proven = PROVEN.stream().map(measure -> measure(measure, columns));
        List<Column> load = Stream.concat(Stream.of(col("extract"), col("started_at"), col("duration_ms")), proven)
                .toList();
        // The order of the fields is the order of loads.
        List<Column> byStart = Stream.concat(
                        Stream.of(load.get(1), load.get(0)), load.stream().skip(2))
                .toList();
        // Unlike loads, extracts count no inserted rows; their table may have the same name.
        Column isLoad = measure(Measure.ROWS_INSERTED, columns)
                .isNotNull()
                .and(col("extract").isNotNull());
        rows.where(col("outcome").equalTo("succeeded").and(col("table_name").isNotNull()))
                .groupBy("table_name", "task")
                .agg(
                        max("started_at"),
                        max(when(isLoad, struct(load.toArray(Column[]::new)))),
                        max(when(isLoad, struct(byStart.toArray(Column[]::new)))))
                .collectAsList()
                .forEach(newest::add);
        return newest;
    }

    /** A table that was created before a measure existed has no column of it. */
    private static Column measure(Measure measure, List<String> columns) {
        return columns.contains(measure.column())
                ? col(measure.column())
                : lit(null).cast(DataTypes.LongType).as(measure.column());
    }

    private void add(Row row) {
        String table = row.getString(0);
        starts.put(List.of(table, row.getString(1)), row.getTimestamp(2).toInstant());
        if (!row.isNullAt(3)) {
            ofNewestExtract.merge(
                    table,
                    Load.of(row.getStruct(3)),
                    newest(Comparator.comparing(Load::extract).thenComparing(Load::startedAt)));
            latest.merge(table, Load.of(row.getStruct(4)), newest(Comparator.comparing(Load::startedAt)));
        }
    }

    private static BinaryOperator<Load> newest(Comparator<Load> order) {
        return BinaryOperator.maxBy(order);
    }

    /**
     * The load of the newest extract of a table. If that load is of an earlier table of the name, it is the latest load: the
     * numbers of extracts begin again where the landing was emptied as well.
     *
     * @param since when the table was created
     */
    Optional<Load> load(String table, Instant since) {
        return Stream.of(ofNewestExtract, latest)
                .flatMap(loads -> Optional.ofNullable(loads.get(table)).stream())
                .filter(load -> !load.endedAt().isBefore(since))
                .findFirst();
    }

    /** The start of the newest run of a task on a table. */
    Optional<Instant> start(String table, String task) {
        return Optional.ofNullable(starts.get(List.of(table, task)));
    }
}
