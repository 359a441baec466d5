package dev.lakehouse.database;

import dev.lakehouse.UserError;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.task.SourceFile;
import dev.lakehouse.task.TableSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The files of a database in a project: {@code sources/NAME.yml}, {@code workflows/NAME_extract.yml},
 * {@code workflows/NAME_load.yml} and {@code resources/NAME.yml}. When they exist, only the lists of tables are changed.
 *
 * @param project the project's folder
 * @param name the name of the database in the lakehouse
 */
public record DatabaseFiles(Path project, String name) {
    /** A limit of Databricks for the inputs of a for_each_task, also where a job parameter holds them. */
    private static final int LONGEST_INPUTS = 5_000;

    /** How many tables the workflows work on at a time. */
    static final int CONCURRENCY = 4;

    /** Schemas that a deployment cannot make, as they are there. */
    private static final Set<String> OF_EVERY_CATALOG = Set.of("default", "information_schema");

    private static final Pattern PLACE = Pattern.compile("@([A-Z]+)@");

    private static final Pattern LIST_OF_TABLES =
            Pattern.compile("(?m)(^ +- name: tables\\r?\\n +default:)[^\\n]*\\n((?: {11,}[^\\n]*\\n)*)");

    /** Refuses a name that cannot be part of the names of schemas, jobs and variables. */
    public DatabaseFiles {
        if (OF_EVERY_CATALOG.contains(name)) {
            throw new UserError(
                    "A database cannot be called '" + name + "' here.",
                    "Its tables get a schema of that name, and every catalogue of Unity Catalog has one already.",
                    "Choose another name; it need not be the name of the database in MySQL.");
        }
        if (!name.matches("[a-z][a-z0-9_]{0,39}")) {
            throw new UserError(
                    "A database cannot be called '" + name + "' here.",
                    "Its name becomes part of the names of a schema, jobs and variables: up to 40 lower-case letters, digits"
                            + " and underscores, beginning with a letter.",
                    "Choose another name; it need not be the name of the database in MySQL.");
        }
    }

    /** The file of the database; empty if it was not added yet. Throws a {@link UserError} for a name that is taken. */
    public Optional<SourceFile> read() {
        if (Files.exists(sourceFile())) {
            return Optional.of(SourceFile.parse(relative(sourceFile()), text(sourceFile())));
        }
        Path workflows = project.resolve("workflows");
        for (Path taken : List.of(
                workflows.resolve(name + "_extract.yml"),
                workflows.resolve(name + "_load.yml"),
                project.resolve("resources").resolve(name + ".yml"),
                project.resolve("schemas").resolve(name))) {
            if (Files.exists(taken)) {
                throw new UserError(
                        "A database cannot be called '" + name + "' here.",
                        "The project has " + relative(taken) + ", which belongs to something else.",
                        "Choose another name; it need not be the name of the database in MySQL.");
            }
        }
        return Optional.empty();
    }

    /**
     * Writes the files of a plan.
     *
     * @param choices what it was made with; the patterns of tables are stored
     * @param server where the database is; empty for a server of a home, whose address is not written
     * @return the files that were written, relative to the project
     */
    public List<String> write(DatabasePlan plan, Choices choices, Optional<MySqlServer> server) {
        String inputs = inputs(plan);
        if (inputs.length() > LONGEST_INPUTS) {
            throw new UserError(
                    "The names of the tables are too long for one workflow.",
                    "Together they have " + inputs.length() + " characters; Databricks allows " + LONGEST_INPUTS + ".",
                    "Add the database in parts, under several names: --tables 'a*' for one and --tables 'b*' for another.");
        }
        Optional<SourceFile> before = read();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("SOURCE", name);
        values.put("SCHEMA", before.map(SourceFile::schema).orElse(name));
        values.put("CONCURRENCY", Integer.toString(CONCURRENCY));
        values.put(
                "URL",
                server.map(known -> "    default: " + Json.withoutReferences(known.url()) + "\n")
                        .orElse(""));
        values.put(
                "USER",
                server.map(known -> Json.withoutReferences(known.user())).orElse("lakehouse"));
        values.put("KEY", name.replace('_', '-') + "-mysql-password");
        Map<Path, String> contents = new LinkedHashMap<>();
        contents.put(sourceFile(), sources(plan, choices, before, values));
        for (String workflow : List.of("extract", "load")) {
            Path file = project.resolve("workflows").resolve(name + "_" + workflow + ".yml");
            contents.put(file, listed(existing(file).orElseGet(() -> filled(workflow, values)), inputs, file));
        }
        Path resources = project.resolve("resources").resolve(name + ".yml");
        contents.put(resources, existing(resources).orElseGet(() -> filled("resources", values)));
        return contents.entrySet().stream()
                .filter(entry -> !existing(entry.getKey()).equals(Optional.of(entry.getValue())))
                .map(entry -> replace(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The names of the tables that are copied, as the text of a JSON array, one per line. */
    private static String inputs(DatabasePlan plan) {
        return plan.copied().stream()
                .map(table -> Json.withoutReferences(table.name()))
                .collect(Collectors.joining(",\n", "[", "]"));
    }

    private String sources(
            DatabasePlan plan, Choices choices, Optional<SourceFile> before, Map<String, String> values) {
        String path = relative(sourceFile());
        SourceList list = SourceList.parse(path, before.isPresent() ? text(sourceFile()) : filled("source", values));
        if (!choices.include().equals(before.map(SourceFile::include).orElse(List.of()))) {
            list.patterns("include", choices.include());
        }
        if (!choices.exclude().equals(before.map(SourceFile::exclude).orElse(List.of()))) {
            list.patterns("exclude", choices.exclude());
        }
        Map<String, TableSettings> known = before.map(SourceFile::tables).orElse(Map.of());
        Map<String, TableSettings> wanted = plan.tables().stream()
                .collect(Collectors.toMap(
                        TablePlan::name, TablePlan::settings, (one, other) -> one, LinkedHashMap::new));
        list.retain(wanted.keySet());
        wanted.forEach((name, settings) -> {
            if (!known.containsKey(name)) {
                list.add(name, settings);
            } else if (!known.get(name).equals(settings)) {
                list.change(name, known.get(name), settings);
            }
        });
        String text = list.text();
        if (!SourceFile.parse(path, text).tables().equals(wanted)) {
            throw new UserError(
                    path + " cannot be changed.",
                    "The changed text would not mean what the plan says.",
                    "Write each table and each of its settings on a line of its own.");
        }
        return text;
    }

    /** A workflow's text with the list of tables as the default of its parameter. */
    private String listed(String text, String inputs, Path file) {
        Matcher list = LIST_OF_TABLES.matcher(text);
        if (!list.find()) {
            throw new UserError(
                    relative(file) + " has no list of tables.",
                    "Its job has no parameter 'tables' with a default below it.",
                    "Restore it, or delete the file and add the database again.");
        }
        String end = list.group(1).contains("\r\n") ? "\r\n" : "\n";
        String lines = inputs.lines().map(line -> "            " + line + end).collect(Collectors.joining());
        return text.substring(0, list.start()) + list.group(1) + " >-" + end + lines + text.substring(list.end());
    }

    private static String filled(String template, Map<String, String> values) {
        String text;
        try (InputStream in = DatabaseFiles.class.getResourceAsStream(template + ".yml")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), place.group())));
    }

    private Path sourceFile() {
        return project.resolve("sources").resolve(name + ".yml");
    }

    private String relative(Path file) {
        return project.relativize(file).toString();
    }

    private static Optional<String> existing(Path file) {
        return Files.exists(file) ? Optional.of(text(file)) : Optional.empty();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new UserError(
                    "The file " + file + " cannot be read.", "It is not UTF-8 text.", "Store it as UTF-8.", e);
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private String replace(Path file, String text) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(unfinished, text);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unusable(file, e);
        }
        return relative(file);
    }

    private static UserError unusable(Path file, IOException e) {
        return new UserError(
                "The file " + file + " cannot be read or written.",
                "Access failed (" + e.getClass().getSimpleName() + ").",
                "Check the permissions of the project's folder and the free space.",
                e);
    }
}
