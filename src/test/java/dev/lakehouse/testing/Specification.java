package dev.lakehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table specification of a schema: its {@code README.md}, which has a section for each table. */
public final class Specification {
    private static final Pattern SECTION = Pattern.compile("(?ms)^## (\\w+)\\n(.*?)(?=^## |\\z)");
    private static final String COLUMNS = "| Column |";

    private final Map<String, String> sections;

    private Specification(Map<String, String> sections) {
        this.sections = sections;
    }

    /**
     * A specified column.
     *
     * @param sample its value of the real document; empty where none is given
     */
    public record Column(String name, String type, boolean nullable, String definition, String sample) {}

    public static Specification of(String schema) {
        Path file = Path.of(System.getProperty("lakehouse.root"), "schemas", schema, "README.md");
        try {
            return new Specification(SECTION.matcher(Files.readString(file))
                    .results()
                    .filter(section -> section.group(2).contains(COLUMNS))
                    .collect(Collectors.toMap(
                            section -> section.group(1),
                            section -> section.group(2),
                            (a, b) -> a,
                            LinkedHashMap::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> tables() {
        return List.copyOf(sections.keySet());
    }

    /** What a table is said to be. */
    public String definition(String table) {
        return sections.get(table).lines().findFirst().orElseThrow();
    }

    public List<Column> columns(String table) {
        return rows(table, COLUMNS).stream()
                .map(cells -> new Column(
                        plain(cells.get(0)),
                        cells.get(1),
                        cells.get(2).equals("yes"),
                        cells.get(3),
                        cells.size() > 4 ? plain(cells.get(4)) : ""))
                .toList();
    }

    /** Conditions by the constraints' names. */
    public Map<String, String> constraints(String table) {
        return rows(table, "| Constraint |").stream()
                .collect(Collectors.toMap(
                        cells -> plain(cells.get(0)), cells -> plain(cells.get(1)), (a, b) -> a, TreeMap::new));
    }

    /** The rows of the table that begins with a heading. */
    private List<List<String>> rows(String table, String heading) {
        return Pattern.compile("(?m)^" + Pattern.quote(heading) + ".*\\n\\|[-|]+\\n((?:\\|.*\\n?)+)")
                .matcher(sections.get(table))
                .results()
                .map(MatchResult::group)
                .flatMap(String::lines)
                .skip(2)
                .map(line -> Arrays.stream(line.replaceAll("^\\| ?|\\|$", "").split("\\|", -1))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    private static String plain(String cell) {
        return cell.replace("`", "");
    }
}
