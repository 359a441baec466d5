package dev.lakehouse.source.mysql;

import dev.lakehouse.UserError;
import dev.lakehouse.spark.SqlText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The definition of a MySQL table or view.
 *
 * @param name its name in the server's database
 * @param comment the table's comment; empty for a view
 * @param columns its columns in their order
 * @param key the columns by which rows are matched: those of the settings, or else of its primary key, of a unique key without
 *     NULLs, or of a unique key that allows NULLs; empty if rows are compared as a whole
 * @param keyIsDeclared whether the server guarantees that the key is unique and has no NULLs; otherwise every extract proves it
 * @param settings how it is read
 */
public record SourceTable(
        String name,
        String comment,
        List<ColumnDefinition> columns,
        List<ColumnDefinition> key,
        boolean keyIsDeclared,
        SourceSettings settings) {
    /** A view guarantees nothing, so its columns may be NULL. */
    private static final String COLUMNS = """
            SELECT column_name, data_type, column_type, is_nullable = 'YES' OR EXISTS (SELECT 1 FROM information_schema.tables
                     WHERE table_schema = DATABASE() AND table_name = ? AND table_type = 'VIEW'),
                   COALESCE(numeric_precision, 0), COALESCE(numeric_scale, 0), column_comment, character_set_name
            FROM information_schema.columns
            WHERE table_schema = DATABASE() AND table_name = ?
            ORDER BY ordinal_position
            """;

    private static final String COMMENT = """
            SELECT table_comment FROM information_schema.tables
            WHERE table_schema = DATABASE() AND table_name = ? AND table_type <> 'VIEW'
            """;

    /**
     * Unique keys over whole columns only, because a key over a prefix does not distinguish rows. The primary key comes first,
     * keys that allow NULLs come last.
     */
    private static final String KEYS = """
            SELECT index_name, column_name,
                   MAX(nullable = 'YES') OVER (PARTITION BY index_name) AS allows_null
            FROM information_schema.statistics
            WHERE table_schema = DATABASE() AND table_name = ? AND non_unique = 0
              AND index_name NOT IN (
                SELECT index_name FROM information_schema.statistics
                WHERE table_schema = DATABASE() AND table_name = ? AND (sub_part IS NOT NULL OR column_name IS NULL))
            ORDER BY allows_null, index_name <> 'PRIMARY', index_name, seq_in_index
            """;

    private static final String INDEXED = """
            SELECT 1 FROM information_schema.statistics
            WHERE table_schema = DATABASE() AND table_name = ? AND column_name = ? AND seq_in_index = 1
            """;

    private static final String KEY_FIX =
            "Name columns in --key whose values differ in every row and are not NULL (in a workflow the parameter 'key')."
                    + " If there are none, --key='*' copies rows that may repeat.";

    /** A key of the table; columns are empty where it has none. */
    private record Key(List<String> columns, boolean isDeclared) {}

    /** Whether a key distinguishes the rows. If not, they may repeat, and are in one range. */
    public boolean hasKey() {
        return !key.isEmpty();
    }

    /** Whether MySQL finds the rows of a key range by an index. Of a view this is unknown, and counts as no. */
    public boolean isIndexed(Connection connection) throws SQLException {
        if (keyIsDeclared || !hasKey()) {
            return true;
        }
        try (PreparedStatement query = connection.prepareStatement(INDEXED)) {
            query.setString(1, name);
            query.setString(2, key.get(0).name());
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    /** The end of a query for all rows that are read. */
    String from() {
        return " FROM " + SqlText.identifier(name)
                + (settings.where().isEmpty() ? "" : " WHERE (" + settings.where() + "\n)");
    }

    /** The same for those with a condition. */
    String from(String condition) {
        return " FROM " + SqlText.identifier(name) + " WHERE " + filtered(condition);
    }

    /** A condition, and that of the settings. */
    String filtered(String condition) {
        return settings.where().isEmpty() ? condition : "(" + settings.where() + "\n) AND " + condition;
    }

    /** MySQL's condition on rows with a date that is not in the calendar and is copied as NULL. */
    public String invalidDateCondition() {
        return columns.stream()
                .filter(ColumnDefinition::invalidAsNull)
                .map(RowFaults::isNotOnTheCalendar)
                .collect(Collectors.joining(" OR ", "FALSE OR ", ""));
    }

    /** The error for a table without a usable key, which goes away by naming columns or copying whole rows. */
    public static final class WithoutKey extends UserError {
        private static final long serialVersionUID = 1L;

        private WithoutKey(String problem, String cause, String fix) {
            super(problem, cause, fix);
        }
    }

    /** Its name for a report, with the condition of the rows that are read. */
    public String printed() {
        return name + settings.printedWhere();
    }

    /** The key's column names, quoted. */
    public List<String> quotedKey() {
        return key.stream().map(column -> SqlText.identifier(column.name())).toList();
    }

    /** What replaces a column's values; empty if they are stored as they are. */
    public Optional<Mask.Kind> mask(ColumnDefinition column) {
        return settings.masks().stream()
                .filter(mask -> mask.isOf(column))
                .map(Mask::kind)
                .findFirst();
    }

    /** Whether values are replaced by others. */
    public boolean hasMasks() {
        return settings.needsKey();
    }

    /** The columns as files have them. */
    public List<ColumnDefinition> fileColumns() {
        return columns.stream()
                .map(column -> mask(column).isPresent() ? column.masked() : column)
                .toList();
    }

    /** The columns whose values are stored as they are. */
    public List<ColumnDefinition> clearColumns() {
        return columns.stream().filter(column -> mask(column).isEmpty()).toList();
    }

    /** The format of its rows in files, in which masked values are texts. */
    public RowFormat fileFormat() {
        return RowFormat.of(name, fileColumns()).with(settings.invalidDates());
    }

    /** Reads its rows as they are in the source. What it says of dates of masked columns does not contain them. */
    public RowReader reader() {
        return rowFormat()
                .reader(columns.stream()
                        .filter(column -> mask(column).isPresent())
                        .map(ColumnDefinition::name)
                        .toList());
    }

    /** How its rows are read. Throws a {@link UserError} that names all columns that cannot be copied. */
    public RowFormat rowFormat() {
        return RowFormat.of(name, columns).with(settings.invalidDates());
    }

    /**
     * Reads the definition. Throws a {@link UserError} if the table is missing or has no key, or if the settings name columns that
     * it does not have, leave out a column of the key, have a key of a type that has no order, or a condition that MySQL refuses.
     */
    public static SourceTable describe(MySqlServer server, Connection connection, String table, SourceSettings asked) {
        try {
            List<ColumnDefinition> columns = columns(connection, table);
            if (columns.isEmpty()) {
                throw new UserError(
                        "There is no table '" + table + "' in " + server.address() + ".",
                        "The database has no table of that name that user '" + server.user() + "' can see.",
                        "Check the name (case may matter) and the user's SELECT right. If it was dropped, take it off the list of"
                                + " tables; './lakehouse add NAME' does so.");
            }
            SourceSettings settings = asked.in(table, columns);
            Key key = settings.comparesWholeRows()
                    ? new Key(List.of(), false)
                    : settings.key().isEmpty() ? key(connection, table) : new Key(settings.key(), false);
            if (key.columns().isEmpty() && !settings.comparesWholeRows()) {
                throw new WithoutKey(
                        "Table or view '" + table + "' has no key.",
                        "Rows are matched by a primary or unique key; it has neither.",
                        "Name columns that distinguish its rows: --key=COLUMN,COLUMN (in a workflow the default of the parameter"
                                + " 'key'). Every extract proves that they do. If no columns do, --key='*' copies rows that may"
                                + " repeat; a load then replaces the Delta table as a whole.");
            }
            List<ColumnDefinition> keyColumns = keyColumns(table, columns, key);
            checkLeftOut(table, columns, keyColumns, settings.without());
            checkMasks(table, columns, keyColumns, settings);
            if (!settings.where().isEmpty()) {
                RowCondition.check(connection, table, settings.where());
            }
            return new SourceTable(
                    table,
                    comment(connection, table),
                    columns.stream()
                            .filter(column -> !isIn(settings.leftOut(), column))
                            .map(column -> column.isDateOrTime()
                                            && settings.invalidDates() != InvalidDates.REFUSE
                                            && !keyColumns.contains(column)
                                    ? column.withInvalidAsNull()
                                    : column)
                            .toList(),
                    keyColumns,
                    key.isDeclared(),
                    settings);
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
    }

    /** The columns of the key in its order. */
    private static List<ColumnDefinition> keyColumns(String table, List<ColumnDefinition> columns, Key key) {
        List<ColumnDefinition> found = new ArrayList<>();
        for (String name : key.columns()) {
            ColumnDefinition column = columns.stream()
                    .filter(c -> c.name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new UserError(
                            "Column `" + name + "` cannot be part of the key.",
                            "Table '" + table + "' has no such column.",
                            "Name columns of the table in --key, separated by commas."));
            // MariaDB also has unique keys over whole large texts.
            if (column.isLarge() && !key.isDeclared()) {
                throw notInKey(table, column, "Its type, " + column.type() + ", has no size limit.");
            }
            if (column.isWideSet()) {
                throw notInKey(
                        table,
                        column,
                        "It is a SET of more than 53 members, whose numbers MySQL does not compare exactly.");
            }
            if (!found.contains(column)) {
                found.add(column);
            }
        }
        return found;
    }

    private static UserError notInKey(String table, ColumnDefinition column, String cause) {
        return new WithoutKey(
                "Column `" + column.name() + "` of table '" + table + "' cannot be part of the key.",
                cause,
                "Name columns of other types in --key, or compare whole rows: --key='*' (in a workflow the parameter 'key').");
    }

    /** The error for rows that the key does not distinguish. */
    UserError notUnique(String cause) {
        return new UserError(
                "The columns " + String.join(", ", quotedKey()) + " do not distinguish the rows of '" + name + "'.",
                cause,
                KEY_FIX);
    }

    /** The error for a row without a value in a column of the key, which a key that is not declared may have. */
    UserError nullInKey(ColumnDefinition column) {
        return new UserError(
                "Column `" + column.name() + "` of '" + name + "' is part of the key but contains NULL.",
                "Rows are matched by their key, and NULL is not a value.",
                KEY_FIX);
    }

    private static void checkLeftOut(
            String table, List<ColumnDefinition> columns, List<ColumnDefinition> key, List<String> without) {
        for (String name : without) {
            if (key.stream().anyMatch(column -> column.name().equalsIgnoreCase(name))) {
                throw new UserError(
                        "Column `" + name + "` of table '" + table + "' cannot be left out.",
                        "It is part of the key, by which rows are matched.",
                        "Remove it from --without, or add it to --columns.");
            }
            if (columns.stream().noneMatch(column -> column.name().equalsIgnoreCase(name))) {
                throw new UserError(
                        "Column `" + name + "` cannot be left out.",
                        "Table '" + table + "' has no such column.",
                        "Name columns of the table in --without, separated by commas.");
            }
        }
    }

    private static void checkMasks(
            String table, List<ColumnDefinition> columns, List<ColumnDefinition> key, SourceSettings settings) {
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Mask mask : settings.masks()) {
            if (columns.stream().noneMatch(mask::isOf)) {
                throw notMasked(table, mask, "The table has no such column.", "Name columns of the table in --mask.");
            }
            if (key.stream().anyMatch(mask::isOf)) {
                throw notMasked(
                        table,
                        mask,
                        "It is part of the key, by which rows are matched and messages name them.",
                        "Remove it from --mask, or name another key in --key.");
            }
            if (!seen.add(mask.column())) {
                throw notMasked(table, mask, "It has two masks.", "Give one of them in --mask.");
            }
        }
    }

    private static UserError notMasked(String table, Mask mask, String cause, String fix) {
        return new UserError("Column `" + mask.column() + "` of table '" + table + "' cannot be masked.", cause, fix);
    }

    private static boolean isIn(List<String> names, ColumnDefinition column) {
        return names.stream().anyMatch(column.name()::equalsIgnoreCase);
    }

    private static List<ColumnDefinition> columns(Connection connection, String table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
            query.setString(1, table);
            query.setString(2, table);
            List<ColumnDefinition> columns = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    columns.add(new ColumnDefinition(
                            rows.getString(1),
                            rows.getString(2).toLowerCase(Locale.ROOT),
                            rows.getString(3).toLowerCase(Locale.ROOT),
                            rows.getBoolean(4),
                            rows.getInt(5),
                            rows.getInt(6),
                            rows.getString(7),
                            rows.getString(8),
                            false));
                }
            }
            return columns;
        }
    }

    private static String comment(Connection connection, String table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(COMMENT)) {
            query.setString(1, table);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }

    private static Key key(Connection connection, String table) throws SQLException {
        Map<String, Key> keys = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement(KEYS)) {
            query.setString(1, table);
            query.setString(2, table);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    boolean allowsNull = rows.getBoolean(3);
                    keys.computeIfAbsent(rows.getString(1), index -> new Key(new ArrayList<>(), !allowsNull))
                            .columns()
                            .add(rows.getString(2));
                }
            }
        }
        return keys.values().stream().findFirst().orElse(new Key(List.of(), false));
    }
}
