package dev.lakehouse.cli;

import dev.lakehouse.UserError;
import dev.lakehouse.table.SqlScript;
import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Tables;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;

/** Runs SQL over the lakehouse's tables and prints the results. */
record SqlPrinter(SparkSession session, Tables tables, PrintStream out) {
    /** Runs the statements of a file, with values for its named parameters. */
    void file(Path file, Map<String, String> parameters, SqlFormat format) {
        text(read(file), parameters, format);
    }

    /** The text of a file of statements. */
    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UserError(
                    "The SQL file " + file + " cannot be read.",
                    "It is missing, is not UTF-8 text, or this user may not read it.",
                    "Correct the path or its permissions.",
                    e);
        }
    }

    /** Runs one or several statements, each of which ends with a semicolon at the end of a line. */
    void text(String sql, Map<String, String> parameters, SqlFormat format) {
        register(sql);
        createViews(sql);
        ResultPrinter printer = new ResultPrinter(out);
        for (String statement : SqlScript.of(sql).statements()) {
            try {
                printer.print(session.sql(statement, Map.copyOf(parameters)), format);
            } catch (Exception e) {
                throw explain(e);
            }
        }
    }

    /** Registers only the tables whose names occur in the text, because registering a table takes time. */
    private void register(String sql) {
        String text = sql.toLowerCase(Locale.ROOT);
        for (TableName table : tables.all()) {
            if (text.contains("show") || text.contains(table.table().toLowerCase(Locale.ROOT))) {
                tables.find(table);
            }
        }
    }

    /**
     * Creates views from their files {@code schemas/SCHEMA/views/VIEW.sql}, because the local catalogue does not store
     * views.
     */
    private void createViews(String sql) {
        for (Path file : views()) {
            String name = file.getFileName().toString().replaceFirst("\\.sql$", "");
            String schema = file.getParent().getParent().getFileName().toString();
            if (sql.toLowerCase(Locale.ROOT).contains(schema + "." + name)) {
                register(read(file));
                try {
                    tables.createView(new TableName(schema, name), Map.of());
                } catch (Exception e) {
                    throw explain(e);
                }
            }
        }
    }

    private static List<Path> views() {
        try (Stream<Path> files = Files.walk(LocalEnvironment.own("schemas"), 3)) {
            return files.filter(file ->
                            file.endsWith(Path.of("views", file.getFileName().toString())))
                    .filter(file -> file.toString().endsWith(".sql"))
                    // Metric views, which only Unity Catalog has.
                    .filter(file -> !file.toString().endsWith(".unity.sql"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RuntimeException explain(Exception e) {
        if (UserError.within(e) != null) {
            return UserError.within(e);
        }
        return new UserError(
                e instanceof AnalysisException ? "The SQL cannot be run." : "The SQL failed while it ran.",
                UserError.firstLine(e),
                "Correct the statement; 'lakehouse sql \"SHOW TABLES IN members\"' lists the tables of a schema.",
                e);
    }
}
