package dev.lakehouse.cli;

import dev.lakehouse.remote.StatementResult;
import dev.lakehouse.remote.Statements;
import dev.lakehouse.remote.Workspace;
import dev.lakehouse.spark.Session;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.table.SqlScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Runs SQL on the bundle's warehouse and prints the result like {@code lakehouse sql}. */
@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        description = "Run SQL on the bundle's SQL warehouse. Ctrl-C cancels the statement.")
final class RemoteSql implements Callable<Integer> {
    @ParentCommand
    private RemoteCommand remote;

    @ArgGroup(multiplicity = "1")
    private SqlCommand.Source source;

    @Option(names = "--format", defaultValue = "table", description = "table, csv or json (default: ${DEFAULT-VALUE})")
    private SqlFormat format;

    @Option(
            names = "--catalog",
            paramLabel = "NAME",
            description = "Catalogue for names without one, and the value of the parameter 'catalog' (default: the"
                    + " workspace's)")
    private String catalog;

    @Option(names = "--warehouse-id", paramLabel = "ID", description = "A SQL warehouse other than the bundle's")
    private String warehouse;

    @Override
    public Integer call() throws IOException {
        SqlScript script = SqlScript.of(source.statements());
        Workspace workspace = remote.workspace();
        Optional<String> names = Optional.ofNullable(catalog);
        Statements statements = warehouse != null
                ? Statements.on(workspace, warehouse, names)
                : Statements.onWarehouseOf(
                        workspace, remote.options().bundle(), remote.options().target(), names);
        Interrupt.first(() -> {
            statements.cancel();
            Lakehouse.end(Interrupt.INTERRUPTED);
        });
        // Spark formats the values by their types. It starts only after the statement has succeeded.
        Path scratch = Files.createTempDirectory("lakehouse-sql");
        SparkSession session = null;
        try {
            for (String statement : script.statements()) {
                StatementResult result = statements.run(statement);
                if (session == null) {
                    session = Session.local(scratch, Map.of());
                }
                new ResultPrinter(System.out).print(result.in(session), format);
            }
        } finally {
            if (session != null) {
                session.stop();
            }
            FileStore.of(scratch.toString()).delete(scratch.toString());
        }
        return 0;
    }
}
