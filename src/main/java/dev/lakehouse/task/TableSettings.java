package dev.lakehouse.task;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a table of a MySQL database is copied, as {@link SourceFile} has it. Each setting is the value of the option of the
 * same meaning of the tasks; one that is missing (null) has the option's default.
 *
 * @param skip why the table is not copied; null if it is
 * @param target the name of its Delta table in the schema of the file; null: its own name in lower case
 * @param key the columns by which rows are matched, or {@code "*"} if rows may repeat; null: a key of the table
 * @param columns the columns that are copied
 * @param where the condition of the rows that are copied, in MySQL's syntax
 * @param mask what is copied in place of the values of a column, by its name: {@code drop}, {@code hash}, {@code pseudonym}
 * @param invalidDates what happens to dates that are not in the calendar: {@code refuse}, {@code "null"}, {@code quarantine}
 * @param partition the partition column of the files of an extract, as {@code NAME=EXPRESSION}
 * @param sort the columns that the files of an extract are sorted by
 * @param rangeRows rows per key range, the unit of parallel reading and of proof
 * @param schemaPolicy what happens to new columns: {@code evolve}, {@code freeze} or {@code discard}
 * @param deletePercent the share of the rows of the Delta table that a load may delete
 */
public record TableSettings(
        String skip,
        String target,
        List<String> key,
        Columns columns,
        String where,
        Map<String, String> mask,
        String invalidDates,
        String partition,
        List<String> sort,
        Long rangeRows,
        String schemaPolicy,
        Integer deletePercent) {

    /** No settings: the defaults of all options. */
    public static final TableSettings NONE =
            new TableSettings(null, null, null, null, null, null, null, null, null, null, null, null);

    /**
     * The columns of a table that are copied: all but some, or only some, in which case new columns are not copied.
     *
     * @param exclude the columns that are left out; null if {@code include} is given
     * @param include the columns that are copied; null if {@code exclude} is given
     */
    public record Columns(List<String> exclude, List<String> include) {}

    /** Whether the table is copied. */
    public boolean isCopied() {
        return skip == null;
    }

    /** The same with a reason why the table is not copied. */
    public TableSettings withSkip(String reason) {
        return new TableSettings(
                reason,
                target,
                key,
                columns,
                where,
                mask,
                invalidDates,
                partition,
                sort,
                rangeRows,
                schemaPolicy,
                deletePercent);
    }

    /**
     * The same with what a person decides: a key, and what happens to dates that are not in the calendar; null for the defaults.
     */
    public TableSettings decided(List<String> keyColumns, String policyOfDates) {
        return new TableSettings(
                skip,
                target,
                keyColumns,
                columns,
                where,
                mask,
                policyOfDates,
                partition,
                sort,
                rangeRows,
                schemaPolicy,
                deletePercent);
    }

    /** The same with the name of the Delta table and a partition of the files; null for the defaults. */
    public TableSettings placed(String targetTable, String partitionOfFiles) {
        return new TableSettings(
                skip,
                targetTable,
                key,
                columns,
                where,
                mask,
                invalidDates,
                partitionOfFiles,
                sort,
                rangeRows,
                schemaPolicy,
                deletePercent);
    }

    /** The name of the Delta table in its schema. */
    public String target(String table) {
        return Optional.ofNullable(target).orElseGet(() -> table.toLowerCase(Locale.ROOT));
    }

    /** The values of options, by the names of the options. */
    public Map<String, String> options() {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("--key", key);
        given.put("--without", columns == null ? null : columns.exclude());
        given.put("--columns", columns == null ? null : columns.include());
        given.put("--where", where);
        given.put(
                "--mask",
                mask == null
                        ? null
                        : mask.entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .toList());
        given.put("--invalid-dates", invalidDates);
        given.put("--partition", partition);
        given.put("--sort", sort);
        given.put("--range-rows", rangeRows);
        given.put("--schema-policy", schemaPolicy);
        given.put("--delete-percent", deletePercent);
        return given.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> text(entry.getValue())));
    }

    private static String text(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : value.toString();
    }
}
