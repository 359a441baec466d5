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
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds the column and one key of values that cannot be copied, for the message that refuses their table. It reads the table
 * once more, so it is asked after something failed, or before for a limited time.
 */
public record RowFaults(MySqlServer server, Connection connection, SourceTable table, RowFormat format) {
    private static final int LONGEST_KEY = 100;
    private static final int NO_LIMIT = 0;

    /** The value of one column in one row, by its key. */
    private record Place(ColumnDefinition column, String key) {
        String inColumn() {
            return ": column `" + column.name() + "`";
        }

        /** Not part of the problem, which the ledger keeps: a key may be personal. */
        String inRow() {
            return " One such row is where " + key + ".";
        }
    }

    /** A value in a range of which MySQL cannot give the text form. */
    UserError withoutChecksum(String range) {
        Optional<Place> place = first(table.columns(), format::mysqlFault, range);
        if (place.filter(p -> p.column().isText() && !isUtf8(p.column())).isPresent()) {
            return notText(
                    place.get(),
                    "Its bytes stand for no text in the character set "
                            + place.get().column().charset() + ", or for none that Unicode has.");
        }
        return new UserError(
                "Table '" + table.name() + "' holds a value that MySQL cannot prove"
                        + place.map(Place::inColumn).orElse("") + ".",
                "MySQL gives NULL for its checksum, as for a value that is larger than max_allowed_packet."
                        + place.map(Place::inRow).orElse(""),
                "Raise max_allowed_packet on the server, at most to 1 GB.");
    }

    /** A date or time that is not on the calendar. */
    public Optional<UserError> notOnTheCalendar() {
        return notOnTheCalendar(NO_LIMIT);
    }

    /**
     * A date or time that is not on the calendar, as far as the server finds one in some seconds; looking for one takes about
     * a second for a million rows.
     */
    public Optional<UserError> notOnTheCalendar(int seconds) {
        List<ColumnDefinition> asked =
                table.columns().stream().filter(ColumnDefinition::isDateOrTime).toList();
        return first(asked, RowFaults::isNotOnTheCalendar, "1 = 1", seconds)
                .map(place -> new UserError(
                        "Table '" + table.name() + "' holds a date or time that does not exist" + place.inColumn()
                                + ".",
                        "A value such as 0000-00-00 is not on the calendar; Parquet and Delta cannot hold it."
                                + place.inRow(),
                        "Set such values to NULL or to a real date in the source."));
    }

    private static String isNotOnTheCalendar(ColumnDefinition column) {
        String name = SqlText.identifier(column.name());
        // LAST_DAY is NULL where year or month are none.
        return "(" + name + " IS NOT NULL AND NOT COALESCE(DAYOFMONTH(" + name + ") BETWEEN 1 AND DAYOFMONTH(LAST_DAY("
                + name + ")), FALSE))";
    }

    /** A row that the driver does not take from a server of this packet limit. */
    public Optional<UserError> tooLarge() {
        List<ColumnDefinition> asked =
                table.columns().stream().filter(ColumnDefinition::isLarge).toList();
        String size = asked.stream().map(RowFaults::size).collect(Collectors.joining(" + ", "(", " + 65536)"));
        return first(
                        asked,
                        column -> "(" + size(column) + " * " + asked.size() + " >= " + size + " - 65536 AND " + size
                                + " >= @@max_allowed_packet)",
                        "1 = 1")
                .map(place -> new UserError(
                        "Table '" + table.name() + "' holds a row that is too large to be sent" + place.inColumn()
                                + ".",
                        "It is over the packet limit of the server, max_allowed_packet." + place.inRow(),
                        "Raise max_allowed_packet on the server to 16 MB or more: then rows of up to 1 GB are read."));
    }

    private static String size(ColumnDefinition column) {
        return "COALESCE(LENGTH(" + SqlText.identifier(column.name()) + "), 0)";
    }

    /**
     * Text in some ranges whose bytes are not UTF-8: MariaDB holds and makes surrogates by themselves, which Unicode has only in
     * pairs; MySQL may hold what an older version let in.
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
                statement.setFetchSize(Integer.MIN_VALUE); // the driver's word for streaming
                try (ResultSet rows = statement.executeQuery(query)) {
                    while (rows.next()) {
                        for (int i = 0; i < texts.size(); i++) {
                            if (!isDecodable(rows.getBytes(table.key().size() + i + 1))) {
                                Place place = new Place(texts.get(i), key(rows));
                                return Optional.of(notText(place, "Its bytes are no valid UTF-8."));
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
                "Table '" + table.name() + "' holds text that cannot be read" + place.inColumn() + ".",
                cause + " A copy would hold other characters." + place.inRow(),
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

    /** The first row of a range in which a condition about one of some columns holds, and that column. */
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
                while (column < asked.size() - 1 && !row.getBoolean(table.key().size() + column + 1)) {
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

    private String keyTexts() {
        return table.key().stream()
                .map(column -> TypeMapping.of(column).mysqlText())
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
