package dev.lakehouse.extract;

import dev.lakehouse.UserError;
import dev.lakehouse.source.mysql.SourceIdentity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/**
 * Ensures that a folder of the landing is used by one source only. Rows of another source would replace its rows in
 * Delta.
 */
final class SourceGuard {
    /** Folders of the landing that contain the input of products. */
    private static final Set<String> TAKEN = Set.of("activity", "invoices", "orders", "spending", "votes");

    @Option(
            names = "--accept-source",
            split = ",",
            paramLabel = "DATABASE@SERVER",
            description = "Server to accept as the source, as named in the message; give several if connections may"
                    + " reach any of them")
    private List<String> accepted = List.of();

    /** Refuses a database or server other than that of the newest extract, unless it is accepted by option. */
    void check(Landing landing, SourceIdentity connected) {
        if (TAKEN.contains(landing.source().toLowerCase(Locale.ROOT))) {
            throw new UserError(
                    "The source cannot be called '" + landing.source() + "'.",
                    "The folder of that name in the landing contains the input of a product, which would also read"
                            + " the extracts.",
                    "Give the source another name: --source, in workflows the variable mysql_source.");
        }
        Optional<SourceIdentity> before = landing.newestReadable().map(Manifest::origin);
        if (before.filter(connected::differsFrom).isPresent() && !accepted.contains(connected.text())) {
            throw refused(landing, before.get(), connected);
        }
    }

    private static UserError refused(Landing landing, SourceIdentity before, SourceIdentity connected) {
        return new UserError(
                "'" + landing.table() + "' at " + connected.address() + " is not the source of the extracts in "
                        + landing.root() + ".",
                "The newest extract is from " + before.text() + " (" + before.address() + "), but this connection is"
                        + " to " + connected.text() + ".",
                "If this is another source, give it a different name (--source; in workflows the variable"
                        + " mysql_source). If the source moved to this server, accept it once: --accept-source="
                        + connected.text() + " (in workflows --set accept_source=" + connected.text()
                        + ", on Databricks --params accept_source=" + connected.text() + ").");
    }
}
