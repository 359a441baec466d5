package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.cli.Launcher.Ended;
import dev.lakehouse.databricks.GeneratedProject;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.testing.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project made by {@code databricks bundle init}, run on a laptop by the command line of this one. */
@Tag("databricks")
final class GeneratedProjectTest {
    private final MySqlServer mysql = TestServers.freshDatabase();

    @TempDir
    private Path folder;

    private Path project;

    @BeforeEach
    void projectAndTable() throws Exception {
        project = GeneratedProject.in(
                        folder,
                        Map.of(
                                "project_name", "webshop",
                                "table", "Orders",
                                "date_column", "ordered_at",
                                "target_schema", "web"))
                .root();
        try (Connection connection = mysql.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE Orders (id INT PRIMARY KEY, ordered_at DATETIME NOT NULL, note VARCHAR(50))");
            statement.execute(
                    "INSERT INTO Orders VALUES (1, '2024-12-31 23:59:59', 'last'), (2, '2025-01-01 00:00:00', NULL)");
        }
    }

    @Test
    void itsWorkflowsLoadTheTable() throws Exception {
        Ended run = lakehouse(
                "--project",
                project.toString(),
                "--mysql",
                mysql.url(),
                "--mysql-user",
                mysql.user(),
                "--mysql-password",
                mysql.password().toString(),
                "run",
                "Orders");
        Ended rows = lakehouse("sql", "--format", "csv", "SELECT id, ordered_at, note FROM web.orders ORDER BY id");

        assertThat(run.status()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains("Orders_extract", "Orders_load", "2 inserted", "source = extract = Delta", "in 2 files");
        assertThat(rows.out().lines())
                .hasSize(3)
                .anyMatch(row -> row.startsWith("1,2024-12-31") && row.endsWith(",last"))
                .anyMatch(row -> row.startsWith("2,2025-01-01"));
    }

    @Test
    void itsWorkflowsAreListedAndThoseOfThisProjectAreNot() throws Exception {
        Ended listed = Launcher.in(folder).run("workflows", "--project=" + project);

        assertThat(listed.status()).as(listed.err()).isZero();
        assertThat(listed.out()).contains("Orders_extract", "Orders_load").doesNotContain("members");
    }

    @Test
    void aFolderThatIsNoProjectIsRefused() throws Exception {
        Path empty = Files.createDirectories(folder.resolve("empty"));

        Ended refused = lakehouse("--project", empty.toString(), "run", "Orders");

        assertThat(refused.status()).isEqualTo(Lakehouse.FAILED);
        assertThat(refused.err()).contains("The workflows cannot be read from " + empty.resolve("workflows") + ".");
    }

    private Ended lakehouse(String... arguments) throws Exception {
        List<String> all =
                new ArrayList<>(List.of("--home", folder.resolve("home").toString(), "--servers", "embedded"));
        all.addAll(List.of(arguments));
        return Launcher.in(folder).run(all.toArray(String[]::new));
    }
}
