package dev.lakehouse.table;

import dev.lakehouse.UserError;
import dev.lakehouse.spark.Compute;
import dev.lakehouse.spark.SqlText;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.storage.Location;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The tables of one lakehouse. With a warehouse they are stored at {@code <warehouse>/<schema>/<table>}, and the
 * storage is the catalogue. Without one, the session's catalogue (Unity Catalog) manages them.
 */
public final class Tables {
    private static final Pattern ADD_CONSTRAINT =
            Pattern.compile("ADD\\s+CONSTRAINT\\s+(\\w+)\\s", Pattern.CASE_INSENSITIVE);

    /** The tables that this process has found or created with all their constraints. Checking costs a query. */
    private static final Set<String> WHOLE = ConcurrentHashMap.newKeySet();

    /** The tables whose masks hide nothing from this process. A stream checks this for every batch. */
    private static final Set<String> UNMASKED = ConcurrentHashMap.newKeySet();

    /** Catalogues of Spark and Hive, which have no access rights. */
    private static final Set<String> UNGOVERNED = Set.of("spark_catalog", "hive_metastore");

    private final SparkSession session;
    private final Optional<String> warehouse;

    private Tables(SparkSession session, Optional<String> warehouse) {
        this.session = session;
        this.warehouse = warehouse;
    }

    /** Tables below a location. */
    public static Tables at(SparkSession session, String warehouse) {
        return new Tables(session, Optional.of(Location.folder(warehouse)));
    }

    /** Tables of the session's current catalogue. */
    public static Tables inCatalogue(SparkSession session) {
        return new Tables(session, Optional.empty());
    }

    /** The same tables, used by another session. */
    public Tables in(SparkSession other) {
        return new Tables(other, warehouse);
    }

    /** Whether the tables are stored below a location. */
    public boolean areAt(String location) {
        return warehouse.equals(Optional.of(Location.folder(location)));
    }

    /** Registers an existing table in the session; false if there is none. */
    public boolean find(TableName table) {
        if (session.catalog().tableExists(table.sql())) {
            return true;
        }
        if (warehouse.isEmpty() || !FileStore.of(location(table)).exists(location(table) + "/_delta_log")) {
            return false;
        }
        createSchema(table);
        // Tasks that run at the same time may register the same table.
        session.sql("CREATE TABLE IF NOT EXISTS " + table.sql() + " USING DELTA LOCATION "
                + SqlText.literal(location(table)));
        return true;
    }

    /**
     * Registers a table in the session. If it does not exist yet, it is created from its DDL file.
     *
     * @return false if it neither exists nor has a DDL file
     */
    public boolean open(TableName table) {
        Optional<SqlScript> ddl = SqlScript.ddl(table);
        boolean existed = find(table);
        if (!existed && ddl.isEmpty()) {
            return false;
        }
        if (!existed) {
            createSchema(table);
            // One commit if the storage is the catalogue. Unity Catalog may not accept constraints this way.
            session.sql(
                    warehouse.isPresent()
                            ? ddl.get().creation()
                            : ddl.get().statements().get(0));
        }
        if (ddl.isPresent() && (WHOLE.add(location(table)) || !existed)) {
            addConstraints(table, ddl.get());
        }
        return true;
    }

    /**
     * Creates a view from its file {@code schemas/SCHEMA/views/VIEW.sql}, replacing an existing view. The first
     * statement creates it; the others run only in Unity Catalog.
     *
     * @param values the values of {@code ${name}} in these statements
     */
    public void createView(TableName view, Map<String, String> values) {
        List<String> statements = SqlScript.view(view)
                .orElseThrow(() -> new IllegalStateException("no file of the view " + view))
                .statements();
        createSchema(view);
        session.sql(statements.get(0));
        if (governs()) {
            statements.stream()
                    .skip(1)
                    .map(statement -> Governance.fill(view, statement, values))
                    .forEach(session::sql);
        }
    }

    /**
     * Creates a metric view from its file {@code schemas/SCHEMA/views/VIEW.unity.sql}, replacing an existing one.
     *
     * @param values the values of {@code ${name}} in it
     * @return false if the catalogue has no metric views
     */
    public boolean createMetricView(TableName view, Map<String, String> values) {
        if (SqlScript.metricView(view).isEmpty()) {
            throw new UserError(
                    "There is no metric view " + view + ".",
                    "The build has no file schemas/" + view.schema() + "/views/" + view.table() + ".unity.sql.",
                    "Add the file and build again, or correct --metric-views.");
        }
        if (governs()) {
            MetricView.of(view, session.catalog().currentCatalog(), values)
                    .orElseThrow()
                    .create(session);
        }
        return governs();
    }

    /** Creates a table without a DDL file by the given statement. */
    public void create(TableName table, String statement) {
        createSchema(table);
        session.sql(statement);
    }

    /** The tables below the warehouse; empty for a catalogue, which needs no registration. */
    public List<TableName> all() {
        List<TableName> found = new ArrayList<>();
        warehouse.ifPresent(root -> {
            FileStore files = FileStore.of(root);
            for (String schema : files.directories(root)) {
                files.directories(root + "/" + schema).forEach(table -> found.add(new TableName(schema, table)));
            }
        });
        return found;
    }

    /** A table's name in statements for a user to run, with the catalogue unless it is the local session's. */
    public String nameForPeople(TableName table) {
        return governs() ? session.catalog().currentCatalog() + "." + table : table.toString();
    }

    /** Whether the catalogue masks a column of a table, by the table's {@code .unity.sql}. */
    public boolean masks(TableName table, String column) {
        Pattern mask =
                Pattern.compile("ALTER COLUMN `?" + Pattern.quote(column) + "`? SET MASK", Pattern.CASE_INSENSITIVE);
        return governs()
                && SqlScript.governance(table).map(SqlScript::statements).orElse(List.of()).stream()
                        .anyMatch(statement -> mask.matcher(statement).find());
    }

    /** The location of a table, for messages. */
    public String location(TableName table) {
        return warehouse
                .map(root -> root + "/" + table.schema() + "/" + table.table())
                .orElseGet(() -> session.catalog().currentCatalog() + "." + table);
    }

    /**
     * In Unity Catalog, refuses tables whose schema does not exist or may not be used, and names all of them. A task
     * creates no schema there, because the task's principal would own it and the next deployment could not change it.
     */
    public void checkSchemas(Collection<TableName> tables) {
        if (!governs()) {
            return;
        }
        String catalogue = session.catalog().currentCatalog();
        List<String> missing = tables.stream()
                .map(TableName::schema)
                .distinct()
                .filter(schema -> !session.catalog().databaseExists(schema))
                .toList();
        if (!missing.isEmpty()) {
            throw new UserError(
                    "The catalogue " + catalogue + " has no schema " + String.join(", ", missing)
                            + " that this task may use.",
                    "The schema does not exist there, or the task's principal does not have USE SCHEMA on it.",
                    "Deploy the bundle, which creates its schemas and grants them to job_group. If the schema exists,"
                            + " have its owner run: "
                            + missing.stream()
                                    .map(schema -> MissingRight.onSchema(catalogue, schema)
                                            .grant(MissingRight.principal()))
                                    .collect(Collectors.joining("; ")));
        }
    }

    private void createSchema(TableName table) {
        checkSchemas(List.of(table));
        if (session.catalog().databaseExists(table.schema())) {
            return;
        }
        String where = warehouse
                .map(root -> " LOCATION " + SqlText.literal(root + "/" + table.schema()))
                .orElse("");
        session.sql("CREATE SCHEMA IF NOT EXISTS `" + table.schema() + "`" + where);
    }

    /**
     * Adds missing constraints of the DDL: all of them after the table's creation, the rest if a run was stopped in
     * between, and those whose condition has changed.
     */
    private void addConstraints(TableName table, SqlScript ddl) {
        List<String> constraints = ddl.statements().subList(1, ddl.statements().size());
        // Reading them takes a query, which most tables do not need.
        Map<String, String> properties = constraints.isEmpty() ? Map.of() : properties(session, table);
        for (String statement : constraints) {
            Matcher constraint = ADD_CONSTRAINT.matcher(statement);
            if (!constraint.find()) {
                throw new UserError(
                        "The DDL of " + table + " has a statement that cannot be repeated.",
                        "After CREATE TABLE only ALTER TABLE … ADD CONSTRAINT may follow.",
                        "Move other statements into CREATE TABLE or into " + table.table() + ".unity.sql.");
            }
            String present =
                    properties.get("delta.constraints." + constraint.group(1).toLowerCase(Locale.ROOT));
            if (present != null && SqlScript.checks(statement, present)) {
                continue;
            }
            if (present != null) {
                session.sql("ALTER TABLE " + table.sql() + " DROP CONSTRAINT " + constraint.group(1));
            }
            session.sql(statement);
        }
    }

    /** The properties of an open table. */
    public Map<String, String> properties(TableName table) {
        return properties(session, table);
    }

    static Map<String, String> properties(SparkSession session, TableName table) {
        return session.sql("SHOW TBLPROPERTIES " + table.sql()).collectAsList().stream()
                .collect(Collectors.toMap(row -> row.getString(0), row -> row.getString(1)));
    }

    /**
     * Applies keys, tags, masks and grants to an open table if the catalogue is Unity Catalog.
     *
     * @param values the values of {@code ${name}} in the table's {@code .unity.sql}
     * @return false if there was nothing to apply
     */
    public boolean govern(TableName table, Map<String, String> values) {
        return governs()
                && Governance.of(table, values)
                        .map(governance -> governance.apply(session))
                        .orElse(false);
    }

    /** Whether the catalogue has access rights, as Unity Catalog does. */
    public boolean governs() {
        return !UNGOVERNED.contains(session.catalog().currentCatalog());
    }

    /**
     * Refuses a table whose column masks apply to the current principal. A task would read masked values instead of the
     * stored ones and find every row changed. Called for every table whose rows are compared with others.
     */
    public void checkUnmasked(TableName table) {
        if (governs() && !UNMASKED.contains(location(table))) {
            ColumnMasks.of(session, table).refuseHiddenValues();
            UNMASKED.add(location(table));
        }
    }

    /** When a table was created. */
    public Instant createdAt(TableName table) {
        Optional<Instant> inFiles = readsFiles() ? CommitFiles.createdAt(location(table)) : Optional.empty();
        return inFiles.orElseGet(() -> describedCreation(table));
    }

    private Instant describedCreation(TableName table) {
        return Instant.ofEpochMilli(session.sql("DESCRIBE DETAIL " + table.sql())
                        .select(functions.unix_micros(functions.col("createdAt")))
                        .head()
                        .getLong(0)
                / 1000);
    }

    /** The version of a table's last commit. */
    public long version(TableName table) {
        return newestCommits(table, 1).get(0).version();
    }

    /**
     * The newest commits of an open table, the last one first; not empty.
     *
     * @param most how many; each costs one or two requests
     */
    public List<Commit> newestCommits(TableName table, long most) {
        List<Commit> inFiles = readsFiles() ? CommitFiles.newest(location(table), most) : List.of();
        return inFiles.isEmpty() ? describedCommits(table, most) : inFiles;
    }

    /** Whether this process can read the log of a table, which no catalogue coordinates. */
    private boolean readsFiles() {
        return warehouse.isPresent() && !Compute.isConnect(session);
    }

    private List<Commit> describedCommits(TableName table, long most) {
        return session.sql("DESCRIBE HISTORY " + table.sql() + " LIMIT " + most).collectAsList().stream()
                .map(row -> new Commit(
                        row.getAs("version"),
                        row.<Timestamp>getAs("timestamp").toInstant(),
                        Objects.toString(row.getAs("operation"), ""),
                        Objects.toString(row.getAs("userMetadata"), "")))
                .toList();
    }
}
