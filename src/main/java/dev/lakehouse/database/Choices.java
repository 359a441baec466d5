package dev.lakehouse.database;

import dev.lakehouse.UserError;
import dev.lakehouse.task.SourceFile;
import dev.lakehouse.task.TableSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** The chosen key of a table. */
    Optional<List<String>> key(String table) {
        return keys.entrySet().stream()
                .filter(entry -> matches(entry.getKey(), table))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The settings of a table that is not copied yet, as chosen. */
    TableSettings settings(String table) {
        return TableSettings.NONE.withKey(key(table).orElse(null)).withInvalidDates(invalidDates);
    }

    /** Refuses a choice that concerns no table, which is a spelling mistake. */
    void requireUsed(List<String> tables) {
        Stream.of(include.stream(), exclude.stream(), keys.keySet().stream())
                .flatMap(patterns -> patterns)
                .filter(pattern -> tables.stream().noneMatch(table -> matches(pattern, table)))
                .findFirst()
                .ifPresent(pattern -> {
                    throw new UserError(
                            "There is no table '" + pattern + "' in the database.",
                            "Its tables and views are "
                                    + (tables.isEmpty() ? "none that this account can see" : String.join(", ", tables))
                                    + ".",
                            "Correct the name. * stands for any text, and ? for one character.");
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
