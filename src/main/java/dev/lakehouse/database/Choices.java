package dev.lakehouse.database;

import dev.lakehouse.UserError;
import dev.lakehouse.extract.TableCheck;
import dev.lakehouse.task.SourceFile;
import dev.lakehouse.task.TableSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a person decides when a database is added.
 *
 * @param include patterns of the names of tables, such as {@code cust*}; empty for all
 * @param exclude patterns of tables that are left out
 * @param keys the columns of a key, by a pattern of the names of tables
 * @param invalidDates what happens to dates that are not in the calendar, where a table has some; null: not decided
 */
public record Choices(List<String> include, List<String> exclude, Map<String, List<String>> keys, String invalidDates) {
    private static final int MOST_NAMED = 20;

    /** The same choices with the patterns of a file, where none are given now. */
    public Choices orPatternsOf(SourceFile before) {
        return new Choices(
                include.isEmpty() ? before.include() : include,
                exclude.isEmpty() ? before.exclude() : exclude,
                keys,
                invalidDates);
    }

    /** Whether a table is one of those that are wanted. */
    boolean wants(String table) {
        return (include.isEmpty() || include.stream().anyMatch(pattern -> matches(pattern, table)))
                && exclude.stream().noneMatch(pattern -> matches(pattern, table));
    }

    /** Whether a table of the file is left out from now on: by a pattern that the file does not have. */
    boolean leavesOut(String table, Optional<SourceFile> before) {
        List<String> known = before.map(SourceFile::exclude).orElse(List.of());
        return exclude.stream().anyMatch(pattern -> !known.contains(pattern) && matches(pattern, table));
    }

    /** Whether something was decided that may concern a table of the file. */
    boolean concern(String table) {
        return invalidDates != null || keys.keySet().stream().anyMatch(pattern -> matches(pattern, table));
    }

    /**
     * The settings of a table with what was decided. A pattern gives a key only to a table that has none; the table's own name does
     * so in any case.
     *
     * @param needed what has to be decided, so that the table can be copied
     * @param mayHaveDates whether the table is new and has dates, which may not be in the calendar later
     */
    TableSettings apply(String table, TableSettings settings, Set<TableCheck.Decision> needed, boolean mayHaveDates) {
        Optional<List<String>> own = key(pattern -> pattern.equalsIgnoreCase(table));
        Optional<List<String>> key = own.isPresent() || !needed.contains(TableCheck.Decision.KEY)
                ? own
                : key(pattern -> matches(pattern, table));
        boolean concernsDates =
                (mayHaveDates && settings.invalidDates() == null) || needed.contains(TableCheck.Decision.INVALID_DATES);
        return settings.decided(
                key.orElse(settings.key()),
                invalidDates != null && concernsDates ? invalidDates : settings.invalidDates());
    }

    private Optional<List<String>> key(Predicate<String> isMeant) {
        return keys.entrySet().stream()
                .filter(entry -> isMeant.test(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /**
     * Refuses a choice that concerns no table, which is a spelling mistake. Tables of the file's patterns may be gone, and tables that
     * a pattern excludes may be yet to come.
     */
    void requireUsed(List<String> tables, Optional<SourceFile> before) {
        Set<String> known = new HashSet<>();
        before.ifPresent(file -> {
            known.addAll(file.include());
            known.addAll(file.exclude());
        });
        Stream<String> names = exclude.stream().filter(pattern -> !pattern.matches(".*[*?].*"));
        Stream.of(include.stream(), names, keys.keySet().stream())
                .flatMap(patterns -> patterns)
                .filter(pattern -> !known.contains(pattern))
                .filter(pattern -> tables.stream().noneMatch(table -> matches(pattern, table)))
                .findFirst()
                .ifPresent(pattern -> {
                    throw new UserError(
                            "There is no table '" + Json.shown(pattern)
                                    + "' in the database that this account can see.",
                            tables.isEmpty()
                                    ? "It can see none."
                                    : "It can see "
                                            + tables.stream()
                                                    .limit(MOST_NAMED)
                                                    .map(Json::shown)
                                                    .collect(Collectors.joining(", "))
                                            + (tables.size() > MOST_NAMED
                                                    ? " and " + (tables.size() - MOST_NAMED) + " others"
                                                    : "")
                                            + ".",
                            "Correct the name; * stands for any text, and ? for one character. If the table exists, grant the account"
                                    + " SELECT on it.");
                });
    }

    private static boolean matches(String pattern, String name) {
        String expression = pattern.codePoints()
                .mapToObj(character -> switch (character) {
                    case '*' -> ".*";
                    case '?' -> ".";
                    default -> Pattern.quote(Character.toString(character));
                })
                .collect(Collectors.joining());
        return Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL)
                .matcher(name)
                .matches();
    }
}
