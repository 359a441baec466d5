package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.secrets.SecretReference;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.testing.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server of the tests stands for the user's own. */
final class MySqlCheckTest {
    private final MySqlServer server = TestServers.freshDatabase();

    @TempDir
    Path temp;

    @Test
    void aDatabaseWithTablesIsFineExceptThatTheAccountMayWrite() throws SQLException {
        update("CREATE TABLE `o``ne` (id INT PRIMARY KEY)", "CREATE VIEW v AS SELECT * FROM `o``ne`");

        assertThat(check(server))
                .contains(
                        "ok       mysql     " + server.address() + " answers, version 11.4.",
                        "accepts the login of 'lakehouse'",
                        "ok       mysql     can read 2 tables and views of '" + server.database() + "'",
                        "ok       mysql     consistent snapshots work",
                        "ok       mysql     max_allowed_packet is 67,108,864 bytes",
                        "note     mysql     the position of the binary log cannot be read",
                        "warning  mysql     The account of 'lakehouse' may write (ALL)")
                .doesNotContain("problem");
    }

    @Test
    void anEmptyDatabaseIsAWarning() {
        assertThat(check(server)).contains("warning  mysql     The account sees no table in the database");
    }

    @Test
    void tablesThatCannotBeReadAndThoseWithoutSnapshotsAreNamed() throws SQLException {
        update(
                "CREATE TABLE gone (id INT PRIMARY KEY)",
                "CREATE VIEW broken AS SELECT * FROM gone",
                "DROP TABLE gone",
                "CREATE TABLE old (id INT PRIMARY KEY) ENGINE = MyISAM",
                "CREATE TABLE `\u001B[31mred` (id INT PRIMARY KEY)");

        assertThat(check(server))
                .contains("warning  mysql     can read 2 of 3 tables and views, not 'broken'")
                .contains("storage engine has no snapshots: 'old'.")
                .doesNotContain("\u001B");
    }

    @Test
    void aWrongPasswordIsAProblemAndIsNotShown() throws Exception {
        Path password = Files.writeString(temp.resolve("password"), "not-the-password");

        assertThat(check(new MySqlServer(server.url(), server.user(), SecretReference.file(password))))
                .startsWith("problem  mysql     MySQL refused the login at " + server.address())
                .contains("why:  ", "fix:  ", "file:" + password)
                .doesNotContain("not-the-password")
                .doesNotContain("ok  ");
    }

    @Test
    void aMissingSecretAnUnknownDatabaseAndAnUnreachablePortAreProblems() {
        assertThat(check(new MySqlServer(server.url(), server.user(), SecretReference.file(temp.resolve("none")))))
                .startsWith("problem")
                .contains("The secret file:" + temp.resolve("none") + " cannot be read.");
        assertThat(check(new MySqlServer(server.url() + "x", server.user(), server.password())))
                .startsWith("problem");
        assertThat(check(new MySqlServer("jdbc:mysql://127.0.0.1:1/shop", "me", server.password())))
                .startsWith("problem  mysql     MySQL cannot be reached at jdbc:mysql://127.0.0.1:1/shop.")
                .doesNotContain("at dev.lakehouse");
    }

    private static String check(MySqlServer server) {
        return Check.run(List.of(MySqlCheck.of("mysql", server)), Duration.ofSeconds(30)).stream()
                .flatMap(result -> result.lines().stream())
                .collect(Collectors.joining("\n"));
    }

    private void update(String... statements) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        }
    }
}
