package dev.lakehouse.cli;

import dev.lakehouse.task.Step;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Runs SQL over all tables and views. */
@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        description = "Run SQL on the tables and views, by their names.")
final class SqlCommand implements Callable<Integer> {
    @ParentCommand
    private Lakehouse lakehouse;

    @ArgGroup(multiplicity = "1")
    private Source source;

    @Option(names = "--format", defaultValue = "table", description = "table, csv or json (default: ${DEFAULT-VALUE})")
    private SqlFormat format;

    /** The source of the statements. */
    static final class Source {
        @Parameters(paramLabel = "SQL", description = "A statement, such as \"SELECT count(*) FROM members.members\"")
        private String text;

        @Option(names = "--file", paramLabel = "FILE", description = "A file with statements")
        private Path file;

        String statements() {
            return file == null ? text : SqlPrinter.read(file);
        }
    }

    @Override
    public Integer call() {
        String statements = source.statements();
        // Only results are written to standard output, so that it can be piped.
        return lakehouse.inEnvironment(Terminal::sayAside, environment -> {
            // The parameter of queries for the SQL editor.
            Map<String, String> parameters =
                    Map.of("catalog", environment.spark().catalog().currentCatalog());
            SqlPrinter printer = new SqlPrinter(environment.spark(), environment.tables(), System.out);
            return Step.during("sql", () -> {
                printer.text(statements, parameters, format);
                return 0;
            });
        });
    }
}
