package dev.lakehouse.source.mysql;

import com.mysql.cj.util.StringUtils;
import dev.lakehouse.UserError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The session variables of every connection: the user's and those that reading relies on. */
final class SessionVariables {
    /**
     * The idle time of a connection in seconds, while Spark reads or writes. This is MySQL's default, which many
     * servers shorten.
     */
    static final int PATIENCE_SECONDS = 28_800;

    /**
     * No modes except those that the driver adds, so that quotes, padding and arithmetic work as the statements expect.
     */
    private static final String SQL_MODE = "sql_mode=''";

    private static final List<String> TIMEOUTS = List.of("wait_timeout", "net_read_timeout", "net_write_timeout");

    private static final Set<String> FIXED = Set.of(
            "sql_mode",
            "old_mode",
            "time_zone",
            "character_set_client",
            "character_set_connection",
            "character_set_results",
            "collation_connection",
            "autocommit",
            "transaction_isolation",
            "tx_isolation",
            "sql_select_limit",
            "sql_auto_is_null",
            "max_sort_length");

    /** A user variable or a session variable. */
    private static final Pattern ASSIGNMENT =
            Pattern.compile("(@[\\w$.]+|(?:@@(?:session\\.|local\\.)?)?`?(\\w+)`?)\\s*:?=\\s*\\S.*", Pattern.DOTALL);

    private SessionVariables() {}

    /**
     * The assignments of a session.
     *
     * @param users the assignments in the address, separated by commas or semicolons; may be empty
     */
    static String merged(String users) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String commas : split(users, ",")) {
            for (String part : split(commas, ";")) {
                if (!part.isBlank()) {
                    all.put(name(part.strip()), part.strip());
                }
            }
        }
        for (String timeout : TIMEOUTS) {
            all.putIfAbsent(timeout, timeout + "=" + PATIENCE_SECONDS);
        }
        return all.values().stream().collect(Collectors.joining(",", "", "," + SQL_MODE));
    }

    /** Splits as the driver does: not inside quotes or parentheses. */
    private static List<String> split(String text, String delimiter) {
        return StringUtils.split(text, delimiter, "\"'(", "\"')", "\"'", true);
    }

    private static String name(String assignment) {
        Matcher matcher = ASSIGNMENT.matcher(assignment.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new UserError(
                    "The option 'sessionVariables' of the MySQL address cannot be used.",
                    "A part of it is not an assignment to a session variable.",
                    "Give NAME=VALUE, separated by commas, percent-encoded.");
        }
        String name = matcher.group(2);
        if (name != null && FIXED.contains(name)) {
            throw new UserError(
                    "The session variable '" + name + "' cannot be set in the MySQL address.",
                    "The rows that are read would depend on it.",
                    "Remove it from the option 'sessionVariables'.");
        }
        return name == null ? matcher.group(1) : name;
    }
}
