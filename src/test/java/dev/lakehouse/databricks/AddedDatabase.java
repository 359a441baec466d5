package dev.lakehouse.databricks;

import dev.lakehouse.database.Choices;
import dev.lakehouse.database.DatabaseFiles;
import dev.lakehouse.database.DatabasePlan;
import dev.lakehouse.secrets.SecretReference;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.spark.SqlText;
import dev.lakehouse.testing.TestServers;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A MySQL database with names of many kinds, added to a checkout as {@code ./lakehouse add shop} adds it. */
final class AddedDatabase {
    /** The tables that are copied. */
    static final List<String> TABLES = List.of(
            "customers",
            "order lines",
            "it's",
            "say \"hi\"",
            "größen",
            "表",
            "a$b",
            "${var.catalog}",
            "${resources.jobs.members_load.id}",
            "{{input}}",
            "{{job.run_id}}",
            "back`tick",
            "back\\slash",
            "tab\there",
            "line\nbreak",
            "# none: [a, b]",
            "@TABLES@",
            "null",
            "1");

    /** A table without a key, which is not copied until somebody decides. */
    static final String UNDECIDED = "events";

    private AddedDatabase() {}

    /** Adds it under the name {@code shop}. */
    static void to(Checkout checkout) throws Exception {
        write(checkout, made());
    }

    /** A database with these tables. */
    static MySqlServer made() throws Exception {
        MySqlServer server = TestServers.freshDatabase();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute("CREATE TABLE " + SqlText.identifier(table) + " (id INT PRIMARY KEY)");
            }
            statement.execute("CREATE TABLE " + UNDECIDED + " (at DATETIME)");
        }
        return server;
    }

    /** Adds a server's database, or writes what has changed there; returns the files that were written. */
    static List<String> write(Checkout checkout, MySqlServer server) {
        DatabaseFiles files = new DatabaseFiles(checkout.root(), "shop");
        Choices choices = new Choices(List.of(), List.of(), Map.of(), null);
        // Deployed jobs reach it by another address than this machine.
        MySqlServer deployed = new MySqlServer(
                "jdbc:mysql://mysql.company.example:3306/shop", "lake.reader", SecretReference.parse("env:PASSWORD"));
        return files.write(DatabasePlan.of(server, choices, files.read()), choices, Optional.of(deployed));
    }
}
