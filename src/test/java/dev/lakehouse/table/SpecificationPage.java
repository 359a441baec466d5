package dev.lakehouse.table;

import dev.lakehouse.table.DdlFile.Column;
import dev.lakehouse.testing.SpecifiedSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The specification of a schema's tables, {@code schemas/SCHEMA/README.md}. Of each table it has a section between the
 * markers {@code <!-- generated from TABLE.sql -->} and {@code <!-- end -->}: what the DDL says about the table and its
 * columns, and values of {@link SpecifiedSamples}. What is between markers is replaced, all other text stays.
 *
 * @param file the page
 * @param text what it says now
 */
record SpecificationPage(Path file, String text) {
    /** A section ends before the next begins, so that one without an end costs no text. */
    private static final Pattern SECTION =
            Pattern.compile("<!-- generated from (\\w+)\\.sql -->\\n(?:(?!<!-- ).*\\n)*<!-- end -->");

    static SpecificationPage of(String schema) throws IOException {
        Path file = Path.of(System.getProperty("lakehouse.root"), "schemas", schema, "README.md");
        return new SpecificationPage(file, Files.readString(file));
    }

    /** The tables that it has sections of. */
    List<String> tables() {
        return SECTION.matcher(text).results().map(section -> section.group(1)).toList();
    }

    /** The page with the sections that these tables should have. */
    String regenerated(List<DdlFile> tables, Map<String, Map<String, String>> samples) {
        Map<String, DdlFile> byName =
                tables.stream().collect(Collectors.toMap(ddl -> ddl.name().table(), ddl -> ddl));
        return SECTION.matcher(text)
                .replaceAll(section -> Matcher.quoteReplacement(
                        byName.containsKey(section.group(1))
                                ? section(byName.get(section.group(1)), samples)
                                : section.group()));
    }

    private static String section(DdlFile ddl, Map<String, Map<String, String>> samples) {
        String name = ddl.name().table();
        String columns = columns(ddl.columns(), samples.getOrDefault(name, Map.of()));
        String constraints = ddl.constraints().isEmpty() ? "" : constraints(ddl.constraints()) + "\n";
        return """
                <!-- generated from %s.sql -->
                ## %s
                %s.

                %s
                %s<!-- end -->""".formatted(name, name, Markdown.text(ddl.comment()), columns, constraints);
    }

    private static String columns(List<Column> columns, Map<String, String> sample) {
        List<String> headings = List.of("Column", "Type", "Null", "Definition", "Sample");
        return Markdown.table(
                sample.isEmpty() ? headings.subList(0, 4) : headings,
                columns.stream().map(column -> cells(column, sample)).toList());
    }

    private static List<String> cells(Column column, Map<String, String> sample) {
        List<String> cells = new ArrayList<>(List.of(
                Markdown.code(column.name()),
                Markdown.code(column.type()),
                column.nullable() ? "yes" : "no",
                Markdown.text(column.comment())));
        if (sample.containsKey(column.name())) {
            cells.add(Markdown.code(Objects.requireNonNullElse(sample.get(column.name()), "NULL")));
        } else if (!sample.isEmpty()) {
            cells.add("");
        }
        return cells;
    }

    private static String constraints(Map<String, String> conditions) {
        return Markdown.table(
                List.of("Constraint", "Condition"),
                conditions.entrySet().stream()
                        .map(entry -> List.of(Markdown.code(entry.getKey()), Markdown.code(entry.getValue())))
                        .toList());
    }
}
