package dev.lakehouse.source.mysql;

import dev.lakehouse.UserError;
import dev.lakehouse.spark.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition in MySQL's syntax on the rows that are copied. It becomes a part of every query of the table, in parentheses, so it
 * must be one expression, and the same for a row at any instant.
 */
final class RowCondition {
    /** What gives another value in another statement, or changes something. */
    private static final Pattern CHANGING = Pattern.compile(
            "(?i)\\b(?:(?:now|sysdate|curdate|curtime|rand|random_bytes|uuid|uuid_short|uuid_v4|uuid_v7|sys_guid|connection_id|user"
                    + "|session_user|system_user|last_insert_id|found_rows|row_count|sleep|benchmark|get_lock|is_free_lock"
                    + "|is_used_lock|release_lock|release_all_locks|load_file|nextval|lastval|setval)\\s*\\("
                    + "|unix_timestamp\\s*\\(\\s*\\)"
                    + "|(?:current_(?:date|time|timestamp|user|role)|localtime|localtimestamp|utc_(?:date|time|timestamp))\\b"
                    + "|next\\s+value\\s+for\\b|for\\s+(?:update|share)\\b|lock\\s+in\\b|into\\b)");

    private static final Pattern SUBSELECT = Pattern.compile("(?i)\\bselect\\b");

    /** The driver's errors, those of rights, of an altered table, and of limits of time, which are explained elsewhere. */
    private static final Set<Integer> OTHERS = Set.of(0, 1044, 1142, 1143, 1205, 1290, 1370, 1412, 1969, 3024);

    private final String text;

    private RowCondition(String text) {
        this.text = text;
    }

    /** Refuses a condition that is not one expression, that may change, or that MySQL does not accept for a table. */
    static void check(Connection connection, String table, String condition) throws SQLException {
        new RowCondition(condition).check(connection, table);
    }

    /** Whether it may read other tables. */
    static boolean readsTables(String condition) {
        return SUBSELECT.matcher(condition).find();
    }

    private void check(Connection connection, String table) throws SQLException {
        String unquoted = unquoted(table);
        Matcher changing = CHANGING.matcher(unquoted);
        if (changing.find()) {
            throw refused(
                    table,
                    "It uses " + changing.group().replaceAll("\\s*\\(.*", "()")
                            + ", which gives other rows when the table is"
                            + " read again, or changes the server's state.",
                    "Give a condition on the row's own columns, and dates as constants.",
                    null);
        }
        // The parenthesis is on a line of its own, so that no comment can hide it. No row is read.
        String query = "SELECT 1 FROM " + SqlText.identifier(table) + " WHERE (" + text + "\n) LIMIT 0";
        try (Statement statement = connection.createStatement()) {
            statement.executeQuery(query).close();
        } catch (SQLException e) {
            if (isOfTheCondition(e)) {
                throw refused(
                        table,
                        "MySQL reports: " + MySqlErrors.firstLine(e) + " (error " + e.getErrorCode() + ")",
                        "Correct --where. It is a condition as after WHERE in a SELECT" + " of the table.",
                        e);
            }
            throw e;
        }
    }

    /** The text without what is in quotes. Refuses what could end the parentheses around it, or begin another statement. */
    private String unquoted(String table) {
        StringBuilder outside = new StringBuilder();
        int depth = 0;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\'' || c == '"' || c == '`') {
                i = endOfQuoted(table, i) + 1;
                outside.append(c).append(c);
                continue;
            }
            if (c == '(') {
                depth++;
            } else if (c == ')' && --depth < 0) {
                throw malformed(table, "It has a closing parenthesis without an opening one.");
            }
            outside.append(c);
            i++;
        }
        if (depth > 0) {
            throw malformed(table, "It has an opening parenthesis without a closing one.");
        }
        forbidden(outside.toString()).ifPresent(found -> {
            throw malformed(table, found);
        });
        return outside.toString();
    }

    private static Optional<String> forbidden(String outside) {
        if (outside.contains("--") || outside.contains("#") || outside.contains("/*")) {
            return Optional.of("It contains a comment (--, # or /*).");
        }
        if (outside.contains(";")) {
            return Optional.of("It contains a semicolon, which ends a statement.");
        }
        if (outside.contains("@")) {
            return Optional.of("It uses a variable, which is another one in each connection.");
        }
        return outside.chars().anyMatch(c -> c < ' ' && !Character.isWhitespace(c))
                ? Optional.of("It contains a control character.")
                : Optional.empty();
    }

    /** The place of the quote that ends what begins at a quote. A doubled quote looks like the end and a new beginning. */
    private int endOfQuoted(String table, int start) {
        char quote = text.charAt(start);
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote) {
                return i;
            }
            if (c == '\\' && quote != '`') {
                i++;
            }
        }
        throw malformed(table, "It has a quote (" + quote + ") that is not closed.");
    }

    /** Syntax, names, functions and types; not a connection that broke. Classes of SQLSTATE. */
    private static boolean isOfTheCondition(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return !OTHERS.contains(e.getErrorCode())
                && (state.startsWith("42")
                        || state.startsWith("21")
                        || state.startsWith("22")
                        || state.startsWith("HY"));
    }

    private static UserError malformed(String table, String cause) {
        return refused(table, cause, "Give one condition as after WHERE in a SELECT of the table.", null);
    }

    /** The problem does not repeat the condition, because the ledger stores the problem. */
    private static UserError refused(String table, String cause, String fix, Exception origin) {
        return new UserError("The condition of --where cannot be used for table '" + table + "'.", cause, fix, origin);
    }
}
