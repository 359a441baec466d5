package dev.lakehouse.database;

import dev.lakehouse.UserError;
import dev.lakehouse.extract.TableCheck;
import dev.lakehouse.source.mysql.ColumnDefinition;
import dev.lakehouse.source.mysql.SourceTable;
import dev.lakehouse.task.TableSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a table of a database is copied, or why it is not.
 *
 * @param listed the table as the server lists it
 * @param settings its settings
 * @param table its definition; empty if it was not read, because the file says that it is not copied
 * @param refusals why it cannot be copied as it is set
 */
record TablePlan(
        DatabaseTable listed, TableSettings settings, Optional<SourceTable> table, List<TableCheck.Refusal> refusals) {

    String name() {
        return listed.name();
    }

    boolean isCopied() {
        return settings.isCopied();
    }

    /** The columns by which rows are matched, for people. */
    String key() {
        return table.map(known -> known.hasKey()
                        ? known.key().stream().map(ColumnDefinition::name).collect(Collectors.joining(", "))
                        : "none, rows may repeat")
                .orElse("");
    }

    /** The settings that differ from the defaults, for people. */
    String remarks() {
        StringBuilder remarks = new StringBuilder(listed.isView() ? "view" : "");
        Optional.ofNullable(settings.partition()).ifPresent(text -> add(remarks, "partition " + text));
        Optional.ofNullable(settings.invalidDates()).ifPresent(text -> add(remarks, "invalid dates: " + text));
        Optional.ofNullable(settings.where()).ifPresent(text -> add(remarks, "where " + text));
        Optional.ofNullable(settings.mask())
                .ifPresent(masks -> masks.forEach((column, kind) -> add(remarks, column + " masked (" + kind + ")")));
        return remarks.toString();
    }

    private static void add(StringBuilder remarks, String text) {
        remarks.append(remarks.isEmpty() ? "" : "; ").append(text);
    }

    /** The reasons in one line, for the setting {@code skip}. */
    static String reason(List<TableCheck.Refusal> refusals) {
        return refusals.stream()
                .map(TableCheck.Refusal::error)
                .map(UserError::problem)
                .collect(Collectors.joining(" "));
    }

    /** What a person can do, in the words of the file and of the command's options. */
    static String fix(String table, TableCheck.Refusal refusal) {
        return switch (refusal.decision()) {
            case KEY ->
                "name columns that distinguish its rows (key: [COLUMN, COLUMN]; --key "
                        + option(table, "COLUMN,COLUMN") + "), or copy rows that may repeat (key: \"*\"; --key "
                        + option(table, "*") + ")";
            case COLUMNS -> "leave columns out (columns: {exclude: [COLUMN, COLUMN]}), or change the table";
            case INVALID_DATES ->
                "quarantine their rows (invalid_dates: quarantine; --invalid-dates quarantine), or copy them"
                        + " as NULL (invalid_dates: \"null\"; --invalid-dates null)";
            case NONE -> refusal.error().fix();
        };
    }

    /** An option's value for a shell. A pattern stands for what a shell, the option or a terminal would take for something else. */
    private static String option(String table, String columns) {
        String pattern = table.codePoints()
                .mapToObj(character -> "'=\"\\".indexOf(character) >= 0 || Character.isISOControl(character)
                        ? "?"
                        : Character.toString(character))
                .collect(Collectors.joining());
        return "'" + pattern + "=" + columns + "'";
    }
}
