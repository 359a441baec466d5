package dev.lakehouse.task;

import dev.lakehouse.UserError;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.table.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The file of a MySQL database, {@code sources/NAME.yml}: its tables, and for each the settings that differ from the
 * defaults. It is packed into the jar; on a laptop, where {@value #FOLDER} names its folder, it is read from there.
 *
 * <pre>{@code
 * schema: shop
 * tables:
 *   customers:
 *   orders:
 *     partition: order_year=year(ordered_at)
 *   events:
 *     key: "*"
 * }</pre>
 *
 * @param schema the schema of the Delta tables
 * @param include patterns of the names of the tables that are listed, such as {@code cust*}; empty for all
 * @param exclude patterns of tables that are not listed
 * @param tables the settings by the name of the table in MySQL, in the file's order
 */
public record SourceFile(String schema, List<String> include, List<String> exclude, Map<String, TableSettings> tables) {
    /** The system property that names the folder of these files on a laptop. */
    static final String FOLDER = "lakehouse.sources";

    private static final Map<SourceText, SourceFile> PARSED = new ConcurrentHashMap<>();

    public SourceFile {
        include = include == null ? List.of() : List.copyOf(include);
        exclude = exclude == null ? List.of() : List.copyOf(exclude);
        Map<String, TableSettings> settings = new LinkedHashMap<>();
        if (tables != null) {
            tables.forEach((name, given) -> settings.put(name, given == null ? TableSettings.NONE : given));
        }
        tables = Collections.unmodifiableMap(settings);
    }

    /**
     * Reads a file such as {@code sources/shop.yml}. Throws a {@link UserError} if the file is missing or invalid.
     */
    public static SourceFile read(String path) {
        if (!path.matches("sources/[A-Za-z0-9_-]+\\.yml")) {
            throw new UserError(
                    "'" + path + "' is not a file of settings.",
                    "The settings of the tables of a database are in sources/NAME.yml.",
                    "Give --settings=sources/NAME.yml.");
        }
        String text = text(path)
                .orElseThrow(() -> new UserError(
                        "There is no file " + path + ".",
                        "The build has no such file; './lakehouse add NAME' writes it.",
                        "Add the file and build again, or correct --settings."));
        return parse(path, text);
    }

    /**
     * Reads the text of such a file.
     *
     * @param path for messages
     */
    public static SourceFile parse(String path, String text) {
        // The tasks of every table read it.
        return PARSED.computeIfAbsent(new SourceText(path, text), source -> {
            SourceFile file = source.parse();
            file.check(source);
            return file;
        });
    }

    private void check(SourceText source) {
        if (!schema.matches("[A-Za-z0-9_]+")) {
            throw source.mistake("The schema '" + schema + "' is not of letters, digits and underscores.");
        }
        Map<String, String> targets = new HashMap<>();
        tables.forEach((name, settings) -> {
            if (settings.skip() != null && settings.skip().isBlank()) {
                throw source.mistake("The 'skip' of table '" + name + "' gives no reason.");
            }
            String target = settings.target(name).toLowerCase(Locale.ROOT);
            String other = settings.isCopied() ? targets.put(target, name) : null;
            if (other != null) {
                throw source.mistake("Tables '" + other + "' and '" + name + "' have the same Delta table, " + target
                        + "; a 'target' gives one of them another.");
            }
        });
        targets.forEach((target, name) -> {
            String other = targets.get(target + TableName.QUARANTINE);
            if (other != null) {
                throw source.mistake("The Delta table of '" + other + "', " + target + TableName.QUARANTINE
                        + ", would be the quarantine of '" + name + "'; a 'target' gives one of them another.");
            }
        });
    }

    /** The settings of a table. Throws a {@link UserError} if the file does not list it. */
    TableSettings table(String path, String name) {
        return Optional.ofNullable(tables.get(name))
                .orElseThrow(() -> new UserError(
                        path + " has no table '" + name + "'.",
                        "It lists the tables that are copied, with their settings.",
                        "Run './lakehouse add' again, which adds new tables, or correct the name."));
    }

    private static Optional<String> text(String path) {
        String folder = System.getProperty(FOLDER);
        if (folder != null) {
            String file = folder + path.substring(path.lastIndexOf('/'));
            FileStore files = FileStore.of(file);
            return files.exists(file) ? Optional.of(files.text(file)) : Optional.empty();
        }
        try (InputStream in = SourceFile.class.getResourceAsStream("/" + path)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
