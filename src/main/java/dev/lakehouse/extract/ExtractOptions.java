package dev.lakehouse.extract;

import dev.lakehouse.UserError;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.source.mysql.SourceIdentity;
import dev.lakehouse.storage.Location;
import dev.lakehouse.storage.PathSegment;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options by which a task finds the extracts of a table. */
public final class ExtractOptions {
    @Option(names = "--table", required = true, description = "The source's table")
    private String table;

    @Option(
            names = "--landing",
            required = true,
            description = "Location under which extracts are stored as SOURCE/TABLE/extract=NUMBER")
    private String landing;

    @Option(
            names = "--source",
            defaultValue = "",
            paramLabel = "NAME",
            description = "The source's name in the landing (default: the database's name; for a task that does not"
                    + " read the source, the only source with extracts of the table)")
    private String source;

    public String table() {
        return table;
    }

    /** The location of the extracts, for messages. */
    String place() {
        return Location.folder(landing) + "/" + (source.isBlank() ? "SOURCE" : PathSegment.of(source)) + "/_manifests/"
                + PathSegment.of(table);
    }

    /** The table's landing for a task that reaches the source. */
    public Landing landing(MySqlServer server) {
        return Landing.of(landing, source.isBlank() ? server.database() : source, table, SourceIdentity.of(server));
    }

    /** The table's landing; empty if no source is named and none has extracts of the table. */
    public Optional<Landing> landing() {
        if (!source.isBlank()) {
            return Optional.of(Landing.of(landing, source, table));
        }
        Set<String> sources = LandingSources.of(landing, table).names();
        if (sources.size() > 1) {
            throw new UserError(
                    "Several sources have extracts of '" + table + "' in " + landing + ": " + String.join(", ", sources)
                            + ".",
                    "--source can only be omitted if there is one source.",
                    "Name one of them with --source=NAME; in workflows, with the variable mysql_source.");
        }
        return sources.stream().findFirst().map(name -> Landing.of(landing, name, table));
    }
}
