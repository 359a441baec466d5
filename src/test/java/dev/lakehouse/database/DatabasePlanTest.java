package dev.lakehouse.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.secrets.SecretReference;
import dev.lakehouse.source.mysql.MySqlServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabasePlanTest {
    private static final String DATED = "CREATE TABLE dated (id INT PRIMARY KEY, d DATE)";

    @TempDir
    private Path directory;

    private Project project() {
        return new Project(directory);
    }

    private static Choices keys(String table, String... columns) {
        return new Choices(List.of(), List.of(), Map.of(table, List.of(columns)), null);
    }

    private static Choices dates(String policy) {
        return new Choices(List.of(), List.of(), Map.of(), policy);
    }

    @Test
    void aPlanWritesNothing() throws Exception {
        Project project = project().tables("a");

        assertThat(project.plan(Project.NOTHING)).contains("shop.a").contains("1 table of 1 copied");

        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void whatCannotBeCopiedIsNamedWithAReasonAndAFix() {
        Project project = project()
                .tables("good")
                .mysql(
                        "SET sql_mode = ''",
                        "CREATE TABLE keyless (id INT)",
                        "CREATE VIEW seen AS SELECT * FROM good",
                        "CREATE TABLE reserved (id INT PRIMARY KEY, _range INT)",
                        DATED,
                        "INSERT INTO dated VALUES (1, '0000-00-00')",
                        "CREATE TABLE base (id INT)",
                        "CREATE VIEW broken AS SELECT * FROM base",
                        "DROP TABLE base",
                        "CREATE TABLE old (id INT PRIMARY KEY) ENGINE = MyISAM");

        String plan = project.plan(Project.NOTHING);
        project.add(Project.NOTHING);

        assertThat(plan)
                .contains("not copied until you decide:")
                .contains("  keyless: Table or view 'keyless' has no key.")
                .contains("--key 'keyless=COLUMN,COLUMN'")
                .contains("  seen: Table or view 'seen' has no key.")
                .contains("columns: {exclude: [COLUMN, COLUMN]}")
                .contains("  reserved: Table 'reserved' has columns whose names are reserved: _range.")
                .contains("  dated: Table 'dated' contains a date or time that does not exist: column `d`.")
                .contains("  broken: ")
                .contains("2 tables of 7 copied")
                .doesNotContain("Exception");
        assertThat(project.inputs()).containsExactly("good", "old");
        assertThat(project.plan(Project.NOTHING))
                .contains("  keyless: Table or view 'keyless' has no key.\n      fix: remove its 'skip' in the file")
                .contains("the same tables as in the file");
    }

    @Test
    void tablesOfTheServerItselfAreNotOffered() {
        MySqlServer server = project().server();
        String url = server.url().replaceFirst("/[^/]+$", "/information_schema");

        assertThatThrownBy(
                        () -> project().plan(new MySqlServer(url, server.user(), server.password()), Project.NOTHING))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("There is no table to copy in ");
    }

    @Test
    void anEmptyDatabaseIsRefused() {
        assertThatThrownBy(() -> project().plan(Project.NOTHING))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("There is no table to copy in ")
                .hasMessageContaining("grant SELECT");
        assertThatThrownBy(() -> project().plan(keys("a", "b")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("There is no table 'a'")
                .hasMessageContaining("can see none");
    }

    @Test
    void aWrongPasswordOrServerIsTheUsersError() throws Exception {
        Project project = project().tables("a");
        MySqlServer server = project.server();
        SecretReference wrong = SecretReference.file(Files.writeString(directory.resolve("wrong"), "wrong"));

        assertThatThrownBy(() -> project.plan(new MySqlServer(server.url(), server.user(), wrong), Project.NOTHING))
                .isInstanceOf(UserError.class);
        String nowhere = server.url().replaceFirst("//[^/]+/", "//localhost:1/");
        assertThatThrownBy(
                        () -> project.plan(new MySqlServer(nowhere, server.user(), server.password()), Project.NOTHING))
                .isInstanceOf(UserError.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "cust*;;customers,cust_old",
                "CUST*;*_OLD;customers",
                ";c*,ord?rs;x.y",
                "x.y;;x.y",
                "x?y,orders;;x.y,orders",
            })
    void patternsChooseTables(String include, String exclude, String expected) {
        Project project = project().tables("customers", "cust_old", "orders", "x.y");
        project.add(new Choices(list(include), list(exclude), Map.of(), null));

        assertThat(project.inputs()).containsExactlyInAnyOrderElementsOf(list(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ordesr", "x_y", ".*", "or[d]ers"})
    void aPatternWithoutATableIsRefused(String pattern) {
        Project project = project().tables("orders", "x.y");

        assertThatThrownBy(() -> project.plan(new Choices(List.of(pattern), List.of(), Map.of(), null)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("There is no table '" + pattern + "'")
                .hasMessageContaining("orders, x.y.");
        assertThatThrownBy(() -> project.plan(new Choices(List.of(), List.of("*"), Map.of(), null)))
                .hasMessageContaining("The patterns of tables leave out all");
    }

    @Test
    void aPatternGivesAKeyOnlyToTablesWithoutOne() {
        Project project =
                project().tables("a").mysql("CREATE TABLE b (x INT, y INT)", "CREATE VIEW v AS SELECT id AS k FROM a");
        Map<String, List<String>> keys = Map.of("*", List.of("*"), "v", List.of("k"));
        project.add(new Choices(List.of(), List.of(), keys, null));

        assertThat(project.settings("a").key()).isNull();
        assertThat(project.settings("b").key()).containsExactly("*");
        assertThat(project.settings("v").key()).containsExactly("k");
    }

    @Test
    void aKeyOfAColumnThatIsNotThereIsRefused() {
        Project project = project().mysql("CREATE TABLE b (x INT)");

        assertThat(project.plan(keys("b", "z"))).contains("Column `z` cannot be part of the key.");
    }

    @Test
    void thePolicyOfDatesIsSetWhereThereAreDates() {
        Project project = project().tables("a").mysql(DATED);
        project.add(dates("null"));

        assertThat(project.settings("dated").invalidDates()).isEqualTo("null");
        assertThat(project.settings("a").invalidDates()).isNull();
    }

    @Test
    void decisionsMayBeMadeOneAfterTheOther() {
        Project project = project()
                .mysql("SET sql_mode = ''", "CREATE TABLE t (x INT, d DATE)", "INSERT INTO t VALUES (1, '0000-00-00')");
        project.add(Project.NOTHING);
        project.add(keys("t", "x"));
        assertThat(project.settings("t").isCopied()).isFalse();
        assertThat(project.plan(dates("quarantine"))).contains("copied from now on: t");
        project.add(dates("quarantine"));

        assertThat(project.inputs()).containsExactly("t");
        assertThat(project.settings("t").key()).containsExactly("x");
        assertThat(project.settings("t").invalidDates()).isEqualTo("quarantine");
        assertThat(project.targets()).containsEntry("t", "t");
    }

    @Test
    void theFixForACopiedTableWorksAsWritten() {
        Project project = project().mysql(DATED);
        project.add(Project.NOTHING);
        project.mysql("SET sql_mode = ''", "INSERT INTO dated VALUES (1, '0000-00-00')");

        assertThat(project.plan(Project.NOTHING))
                .contains("a run fails as they are now:\n  dated: ")
                .contains("--invalid-dates quarantine");
        project.add(dates("quarantine"));
        assertThat(project.plan(Project.NOTHING)).doesNotContain("fails");
    }

    private static List<String> list(String text) {
        return text == null ? List.of() : List.of(text.split(","));
    }
}
