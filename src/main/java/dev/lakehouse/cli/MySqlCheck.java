package dev.lakehouse.cli;

import dev.lakehouse.source.mysql.MySqlErrors;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.source.mysql.Snapshot;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A MySQL database that tables are extracted from: its answer, its settings and the rights of the account. */
record MySqlCheck(MySqlServer server) {
    private static final long PACKET_BYTES = 16L << 20;
    private static final int TRIED_TABLES = 200;

    /** A distant server answers fewer questions in time. */
    private static final Duration TIME_FOR_TABLES = Duration.ofSeconds(1);

    private static final int NAMED = 5;

    /**
     * A table or a view.
     *
     * @param engine its storage engine; null for a view
     */
    private record Table(String name, String engine) {
        String quoted() {
            return "`" + name.replace("`", "``") + "`";
        }
    }

    /** The checks of a server, which fail if it does not answer in time. */
    static Check of(String subject, MySqlServer server) {
        return Check.ofServer(subject, "MySQL at " + server.address(), new MySqlCheck(server)::all);
    }

    /** All checks. A server that does not answer or refuses the login is a problem. */
    void all(CheckResults results) {
        try (Connection connection = server.connect()) {
            results.ok(server.address() + " answers, version "
                    + connection.getMetaData().getDatabaseProductVersion() + ", and accepts the login of '"
                    + server.user() + "'");
            tables(connection, results);
            snapshot(connection, results);
            packets(connection, results);
            logPosition(connection, results);
            writing(connection, results);
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
    }

    private void tables(Connection connection, CheckResults results) throws SQLException {
        List<Table> tables = visible(connection);
        if (tables.isEmpty()) {
            results.warning(
                    "The account sees no table in the database '" + server.database() + "'.",
                    "Grant it SELECT on the tables, or fill an empty database, for example by ./lakehouse generate members.");
            return;
        }
        long end = System.nanoTime() + TIME_FOR_TABLES.toNanos();
        int tried = 0;
        List<Table> refused = new ArrayList<>();
        for (Table table : tables) {
            if (tried == TRIED_TABLES || System.nanoTime() > end) {
                break;
            }
            tried++;
            if (!isReadable(connection, table)) {
                refused.add(table);
            }
        }
        String of = tried == tables.size()
                ? tables.size() + " tables and views"
                : "the " + tried + " tables and views that were tried (of " + tables.size() + ")";
        if (refused.isEmpty()) {
            results.ok("can read " + of + " of '" + server.database() + "'");
        } else {
            results.warning(
                    "can read " + (tried - refused.size()) + " of " + of + ", not " + named(refused),
                    "Grant the account SELECT on the tables that are to be extracted; correct views that are invalid.");
        }
        List<Table> others = tables.stream()
                .filter(table -> table.engine != null && !"InnoDB".equalsIgnoreCase(table.engine))
                .toList();
        if (!others.isEmpty()) {
            results.warning(
                    "Tables whose storage engine has no snapshots: " + named(others)
                            + ". An extract fails if they are written to meanwhile.",
                    "Convert the tables that are to be extracted to InnoDB.");
        }
    }

    private static List<Table> visible(Connection connection) throws SQLException {
        String query = "SELECT table_name, engine FROM information_schema.tables WHERE table_schema = DATABASE()"
                + " ORDER BY table_type, table_name";
        List<Table> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                tables.add(new Table(rows.getString(1), rows.getString(2)));
            }
        }
        return tables;
    }

    /** Reads no row. A lost connection is not a missing right. */
    private static boolean isReadable(Connection connection, Table table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement
                    .executeQuery("SELECT * FROM " + table.quoted() + " LIMIT 0")
                    .close();
            return true;
        } catch (SQLException e) {
            if (e.getErrorCode() == 0) {
                throw e;
            }
            return false;
        }
    }

    private static String named(List<Table> tables) {
        return tables.stream().limit(NAMED).map(table -> "'" + table.name + "'").collect(Collectors.joining(", "))
                + (tables.size() > NAMED ? " and " + (tables.size() - NAMED) + " more" : "");
    }

    private static void snapshot(Connection connection, CheckResults results) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
            statement.execute("ROLLBACK");
        }
        results.ok("consistent snapshots work");
    }

    private static void packets(Connection connection, CheckResults results) throws SQLException {
        long bytes =
                Long.parseLong(first(connection, "SELECT @@max_allowed_packet").orElse("0"));
        String text = "max_allowed_packet is " + String.format(Locale.ROOT, "%,d", bytes) + " bytes";
        if (bytes < PACKET_BYTES) {
            results.warning(
                    text + ", so rows with large values may be refused",
                    "Raise max_allowed_packet on the server to 16 MB or more.");
        } else {
            results.ok(text);
        }
    }

    private static void logPosition(Connection connection, CheckResults results) {
        if (Snapshot.logPosition(connection).isPresent()) {
            results.ok("the position of the binary log can be read");
        } else {
            results.note("the position of the binary log cannot be read: there is no log, or the account has no"
                    + " REPLICATION CLIENT; only the manifest lacks it then");
        }
    }

    private void writing(Connection connection, CheckResults results) {
        Set<String> rights;
        try {
            rights = WritingRights.of(grants(connection), server.database());
        } catch (SQLException e) {
            results.note("the rights of the account cannot be listed");
            return;
        }
        if (rights.isEmpty()) {
            results.ok("the account cannot write, as only SELECT is needed");
        } else {
            results.warning(
                    "The account of '" + server.user() + "' may write (" + String.join(", ", rights)
                            + "); a run needs only SELECT.",
                    "Use an account with SELECT only, unless you generate data in this database.");
        }
    }

    /** MySQL lists the rights of roles only if they are named; MariaDB lists those of the role in use. */
    private static List<String> grants(Connection connection) throws SQLException {
        String own = "SHOW GRANTS FOR CURRENT_USER()";
        Optional<String> roles = Optional.empty();
        if (!connection.getMetaData().getDatabaseProductVersion().contains("MariaDB")) {
            roles = first(connection, "SELECT CURRENT_ROLE()").filter(text -> !"NONE".equals(text));
        }
        List<String> grants = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                // The server itself quotes the names of roles.
                ResultSet rows = statement.executeQuery(
                        roles.map(names -> own + " USING " + names).orElse(own))) {
            while (rows.next()) {
                grants.add(rows.getString(1));
            }
        }
        return grants;
    }

    private static Optional<String> first(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
        }
    }
}
