package dev.lakehouse.source.mysql;

import dev.lakehouse.UserError;
import dev.lakehouse.spark.SqlText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds the column and keys of values that cannot be copied, for error messages. It reads the table again, so it is
 * used only after a failure, or before an extract with a time limit.
 */
public record RowFaults(MySqlServer server, Connection connection, SourceTable table, RowFormat format) {
    private static final int LONGEST_KEY = 100;
    private static final int KEYS_SHOWN = 5;
    private static final int NO_LIMIT = 0;

    /** A column, and the key of a row; the key is empty if the table has none. */
    private record Place(ColumnDefinition column, String key) {
        String inColumn() {
            return ": column " + quoted(column);
        }

        /** Not part of the problem, because the ledger stores the problem and a key may be personal data. */
        String inRow() {
            return key.isEmpty() ? "" : " One such row has " + key + ".";
        }
    }

    /** The error for a value in a range for which MySQL cannot compute the text form. */
    UserError withoutChecksum(String range) {
        Optional<Place> place = first(format.columns(), format::mysqlFault, range);
        if (place.filter(p -> p.column().isText() && !isUtf8(p.column())).isPresent()) {
            return notText(
                    place.get(),
                    "Its bytes are not text in the character set "
                            + place.get().column().charset() + ", or the text does not exist in Unicode.");
        }
        return new UserError(
                "Table '" + table.name() + "' contains a value whose checksum MySQL cannot compute"
                        + place.map(Place::inColumn).orElse("") + ".",
                "Its checksum is NULL in MySQL, for example because the value is larger than max_allowed_packet."
                        + place.map(Place::inRow).orElse(""),
                "Raise max_allowed_packet on the server (at most 1 GB).");
    }

    /** The error for a date or time that does not exist in the calendar, if there is one. */
    public Optional<UserError> notOnTheCalendar() {
        return notOnTheCalendar(NO_LIMIT);
    }

    /** The same with a time limit for the search. A million rows take about a second. */
    public Optional<UserError> notOnTheCalendar(int seconds) {
        List<ColumnDefinition> asked = table.columns().stream()
                .filter(column -> column.isDateOrTime() && !column.invalidAsNull())
                .toList();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        return first(asked, RowFaults::isNotOnTheCalendar, table.filtered("1 = 1"), seconds)
                .map(place -> {
                    Map<String, List<String>> keys = new LinkedHashMap<>();
                    keys.put(quoted(place.column()), List.of(place.key()));
                    boolean all = true;
                    for (ColumnDefinition column : asked) {
                        if (seconds != NO_LIMIT && System.nanoTime() > deadline) {
                            all = false;
                            break;
                        }
                        List<String> found = keys(isNotOnTheCalendar(column), seconds);
                        if (!found.isEmpty()) {
                            keys.put(quoted(column), found);
                        }
                    }
                    return notOnTheCalendar(keys, all ? "" : " Other columns may have such values, too.");
                });
    }

    /**
     * The error for dates and times that do not exist in the calendar.
     *
     * @param keys the columns, with keys of some of their rows
     * @param remark an addition to the cause
     */
    private UserError notOnTheCalendar(Map<String, List<String>> keys, String remark) {
        boolean one = keys.size() == 1;
        String columns = (one ? "column " : "columns ") + String.join(", ", keys.keySet());
        String rows = keys.entrySet().stream()
                .filter(of -> table.hasKey())
                .map(of -> (of.getValue().size() == 1 ? " One such row has " : " Such rows have ")
                        + String.join("; ", of.getValue())
                        + (one ? "." : " (column " + of.getKey() + ")."))
                .collect(Collectors.joining());
        return new UserError(
                "Table '" + table.name() + "' contains a date or time that does not exist: " + columns + ".",
                "A value such as 0000-00-00 is not in the calendar, so Parquet and Delta cannot store it." + rows
                        + remark,
                "Set such values to NULL or to a real date in the source, or copy them as NULL:"
                        + " --invalid-dates=null, or =quarantine, which also lets a load quarantine their rows (in a"
                        + " workflow the parameter 'invalid_dates'). Or leave"
                        + " such columns out with --without. The dates of a key cannot be NULL; --key='*'"
                        + " copies rows without a key.");
    }

    private static String quoted(ColumnDefinition column) {
        return "`" + column.name() + "`";
    }

    /** MySQL's condition that a date or time, which may be NULL, is not in the calendar. */
    static String isNotOnTheCalendar(ColumnDefinition column) {
        String name = SqlText.identifier(column.name());
        return "(" + name + " IS NOT NULL AND " + TypeMapping.notOnTheCalendar(name) + ")";
    }

    /** The error for a row that the driver does not accept from a server with this packet limit, if there is one. */
    public Optional<UserError> tooLarge() {
        List<ColumnDefinition> asked =
                table.columns().stream().filter(ColumnDefinition::isLarge).toList();
        String size = asked.stream().map(RowFaults::size).collect(Collectors.joining(" + ", "(", " + 65536)"));
        return first(
                        asked,
                        column -> "(" + size(column) + " * " + asked.size() + " >= " + size + " - 65536 AND " + size
                                + " >= @@max_allowed_packet)",
                        table.filtered("1 = 1"))
                .map(place -> new UserError(
                        "Table '" + table.name() + "' contains a row that is too large to be sent" + place.inColumn()
                                + ".",
                        "It exceeds the server's packet limit, max_allowed_packet." + place.inRow(),
                        "Raise max_allowed_packet on the server to 16 MB or more. Then rows of up to 1 GB can be"
                                + " read."));
    }

    private static String size(ColumnDefinition column) {
        return "COALESCE(LENGTH(" + SqlText.identifier(column.name()) + "), 0)";
    }

    /**
     * The error for text in some ranges that is not valid UTF-8, if there is any. MariaDB accepts lone surrogates;
     * MySQL may contain invalid text that an older version accepted.
     */
    public Optional<UserError> notUtf8(List<String> ranges) {
        List<ColumnDefinition> texts =
                table.columns().stream().filter(ColumnDefinition::isText).toList();
        String columns = texts.stream()
                .map(column -> "CAST(" + TypeMapping.of(column).mysqlProof() + " AS BINARY)")
                .collect(Collectors.joining(", "));
        for (String range : texts.isEmpty() ? List.<String>of() : ranges) {
            String query = "SELECT " + keyTexts() + ", " + columns + " FROM " + SqlText.identifier(table.name())
                    + " WHERE " + range;
            try (Statement statement =
                    connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
                statement.setFetchSize(Integer.MIN_VALUE); // the driver's value for streaming
                try (ResultSet rows = statement.executeQuery(query)) {
                    while (rows.next()) {
                        for (int i = 0; i < texts.size(); i++) {
                            if (!isDecodable(rows.getBytes(keyLength() + i + 1))) {
                                Place place = new Place(texts.get(i), key(rows));
                                return Optional.of(notText(place, "Its bytes are not valid UTF-8."));
                            }
                        }
                    }
                }
            } catch (SQLException e) {
                throw MySqlErrors.explain(server, e);
            }
        }
        return Optional.empty();
    }

    private UserError notText(Place place, String cause) {
        return new UserError(
                "Table '" + table.name() + "' contains text that cannot be read" + place.inColumn() + ".",
                cause + " A copy would have other characters." + place.inRow(),
                "Correct the value in the source.");
    }

    private static boolean isUtf8(ColumnDefinition column) {
        return column.charset() != null && column.charset().startsWith("utf8");
    }

    private static boolean isDecodable(byte[] text) {
        try {
            return text == null || StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)) != null;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** The first row of a range in which one of some columns satisfies a condition, and that column. */
    private Optional<Place> first(
            List<ColumnDefinition> asked, Function<ColumnDefinition, String> condition, String range) {
        return first(asked, condition, range, NO_LIMIT);
    }

    private Optional<Place> first(
            List<ColumnDefinition> asked, Function<ColumnDefinition, String> condition, String range, int seconds) {
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        String any = asked.stream().map(condition).collect(Collectors.joining(" OR "));
        String each = asked.stream().map(condition).collect(Collectors.joining(", "));
        String query = "SELECT " + keyTexts() + ", " + each + " FROM " + SqlText.identifier(table.name()) + " WHERE "
                + range + " AND (" + any + ") LIMIT 1";
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(seconds);
            try (ResultSet row = statement.executeQuery(query)) {
                if (!row.next()) {
                    return Optional.empty();
                }
                int column = 0;
                while (column < asked.size() - 1 && !row.getBoolean(keyLength() + column + 1)) {
                    column++;
                }
                return Optional.of(new Place(asked.get(column), key(row)));
            }
        } catch (SQLTimeoutException e) {
            return Optional.empty();
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
    }

    /** The keys of a few rows with a condition; empty if the time is not sufficient. */
    private List<String> keys(String condition, int seconds) {
        String query = "SELECT " + keyTexts() + table.from(condition) + " LIMIT " + KEYS_SHOWN;
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(seconds);
            List<String> keys = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    keys.add(key(rows));
                }
            }
            return keys;
        } catch (SQLTimeoutException e) {
            return List.of();
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
    }

    /** How many columns {@link #keyTexts} selects. */
    private int keyLength() {
        return Math.max(1, table.key().size());
    }

    private String keyTexts() {
        return !table.hasKey()
                ? "''"
                : table.key().stream()
                        .map(column -> TypeMapping.of(column).printable())
                        .collect(Collectors.joining(", "));
    }

    private String key(ResultSet row) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < table.key().size(); i++) {
            values.add(table.key().get(i).name() + " = " + row.getString(i + 1));
        }
        String key = String.join(", ", values);
        return key.length() > LONGEST_KEY ? key.substring(0, LONGEST_KEY) + "…" : key;
    }
}
