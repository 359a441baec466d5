package dev.lakehouse.table;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a DDL file of {@code schemas/} says, read as text by the form that these files have: a column per line.
 *
 * @param name the table's name, by the file's place
 * @param text the file's text
 */
record DdlFile(TableName name, String text) {
    /** Between quotes, of which the text's own are doubled or, like a backslash, escaped. */
    private static final String LITERAL = "(?:[^'\\\\]++|''|\\\\.)*+";

    private static final Pattern COLUMN = Pattern.compile(
            "^ {2}(?<name>\\w+) +(?<type>\\S.*?)(?<notnull> +NOT NULL)?(?: +COMMENT '(?<comment>" + LITERAL + ")')?,?$",
            Pattern.MULTILINE);
    private static final Pattern PROPERTY = Pattern.compile("'([^']+)' *= *'([^']*)'");
    private static final Pattern CONSTRAINT =
            Pattern.compile("^ALTER TABLE (\\S+)\\s+ADD CONSTRAINT (\\w+)\\s+CHECK \\((.*)\\);$", Pattern.MULTILINE);

    /**
     * A column.
     *
     * @param type as it is written
     * @param comment its text; null where it has none
     */
    record Column(String name, String type, boolean nullable, String comment) {}

    /** All of them, but those for Unity Catalog only. */
    static List<DdlFile> all() {
        Path schemas = Path.of(System.getProperty("lakehouse.root"), "schemas");
        try (Stream<Path> files = Files.walk(schemas, 2)) {
            return files.filter(file -> file.toString().matches(".*(?<!\\.unity)\\.sql"))
                    .sorted()
                    .map(DdlFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DdlFile read(Path file) {
        try {
            String table = file.getFileName().toString().replaceFirst("\\.sql$", "");
            return new DdlFile(new TableName(file.getParent().getFileName().toString(), table), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Column> columns() {
        return COLUMN.matcher(part("(?s)\\(\n(.*?)\n\\)"))
                .results()
                .map(MatchResult::group)
                .map(DdlFile::column)
                .toList();
    }

    private static Column column(String line) {
        Matcher column = COLUMN.matcher(line);
        column.matches();
        return new Column(
                column.group("name"),
                column.group("type"),
                column.group("notnull") == null,
                column.group("comment") == null ? null : value(column.group("comment")));
    }

    String comment() {
        return value(part("(?m)^COMMENT '(" + LITERAL + ")'"));
    }

    private static String value(String literal) {
        return literal.replaceAll("'(')|\\\\(.)", "$1$2");
    }

    List<String> clustering() {
        return text.contains("\nCLUSTER BY ")
                ? Arrays.asList(
                        part("(?m)^CLUSTER BY \\((.*)\\)").replace("`", "").split(", *"))
                : List.of();
    }

    Map<String, String> properties() {
        return map(PROPERTY.matcher(part("(?s)\nTBLPROPERTIES \\((.*?)\\);")));
    }

    /** Conditions by the constraints' names, in their order. */
    Map<String, String> constraints() {
        return CONSTRAINT
                .matcher(text)
                .results()
                .collect(Collectors.toMap(
                        match -> match.group(2), match -> match.group(3), (a, b) -> a, LinkedHashMap::new));
    }

    /** How many statements follow the first. */
    long later() {
        return text.lines().filter(line -> line.startsWith("ALTER ")).count();
    }

    private String part(String pattern) {
        Matcher part = Pattern.compile(pattern).matcher(text);
        if (!part.find()) {
            throw new AssertionError("The DDL of " + name + " has no " + pattern);
        }
        return part.group(1);
    }

    private static Map<String, String> map(Matcher pairs) {
        return pairs.results()
                .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2), (a, b) -> a, TreeMap::new));
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
