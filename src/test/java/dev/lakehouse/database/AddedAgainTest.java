package dev.lakehouse.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that is added a second time, after its tables or its files have changed. */
class AddedAgainTest {
    private static final String SOURCE = "sources/shop.yml";
    private static final String EXTRACT = "workflows/shop_extract.yml";

    @TempDir
    private Path directory;

    private static Choices without(String... patterns) {
        return new Choices(List.of(), List.of(patterns), Map.of(), null);
    }

    @Test
    void newAndGoneTablesAreFollowedAndNothingElseChanges() {
        Project project = new Project(directory).tables("a", "b");
        assertThat(project.add(Project.NOTHING))
                .containsExactly(SOURCE, EXTRACT, "workflows/shop_load.yml", "resources/shop.yml");
        project.write(SOURCE, project.text(SOURCE).replace("  a:\n", "  # mine\n  a:   # kept\n    range_rows: 10\n"));
        project.write(EXTRACT, project.text(EXTRACT).replace("0 0 2 * * ?", "0 0 5 * * ?") + "# mine\n");
        project.write("resources/shop.yml", project.text("resources/shop.yml") + "# mine\n");
        project.mysql("DROP TABLE b").tables("c");
        String source = project.text(SOURCE);
        String extract = project.text(EXTRACT);

        assertThat(project.plan(Project.NOTHING)).contains("new: c\n").contains("(their Delta tables stay): b");
        assertThat(project.add(Project.NOTHING)).containsExactly(SOURCE, EXTRACT, "workflows/shop_load.yml");

        assertThat(project.text(SOURCE)).isEqualTo(source.replace("  b:\n", "  c:\n"));
        assertThat(project.text(EXTRACT)).isEqualTo(extract.replace("\"b\"]", "\"c\"]"));
        assertThat(project.inputs()).containsExactly("a", "c");
        assertThat(project.add(Project.NOTHING)).isEmpty();
    }

    @Test
    void workflowsWithOtherLineEndsAreChangedToo() {
        Project project = new Project(directory).tables("a");
        project.add(Project.NOTHING);
        project.write(EXTRACT, project.text(EXTRACT).replace("\n", "\r\n"));
        project.write(SOURCE, project.text(SOURCE).replace("\n", "\r\n"));
        project.tables("b");
        project.add(Project.NOTHING);

        assertThat(project.inputs()).containsExactly("a", "b");
        assertThat(project.text(EXTRACT) + project.text(SOURCE)).doesNotContainPattern("[^\r]\n");
    }

    @Test
    void patternsAreStoredAndUsedAgain() {
        Project project = new Project(directory).tables("a", "tmp_1");
        project.add(without("tmp_*"));
        project.tables("b", "tmp_2");
        project.add(Project.NOTHING);
        assertThat(project.inputs()).containsExactly("a", "b");
        assertThat(project.source().exclude()).containsExactly("tmp_*");

        project.mysql("DROP TABLE tmp_1", "DROP TABLE tmp_2");
        assertThat(project.add(Project.NOTHING))
                .as("a stored pattern without a table")
                .isEmpty();
    }

    @Test
    void aTableThatIsExcludedLaterIsNotCopiedAnyMore() {
        Project project = new Project(directory).tables("a", "tmp_1");
        project.add(Project.NOTHING);

        assertThat(project.plan(without("tmp_*"))).contains("excluded").contains(": tmp_1");
        project.add(without("tmp_*"));
        assertThat(project.inputs()).containsExactly("a");
        assertThat(project.source().tables()).containsOnlyKeys("a");
    }

    @Test
    void whatAPersonKeepsFromBeingCopiedStaysSo() {
        Project project = new Project(directory)
                .mysql("CREATE TABLE a (id INT PRIMARY KEY, d DATE)", "CREATE TABLE wages (id INT, d DATE)");
        project.add(Project.NOTHING);
        project.write(
                SOURCE,
                project.text(SOURCE).replaceAll("(?s)  wages:.*", "  wages:\n    skip: salaries are private\n"));
        project.add(new Choices(List.of(), List.of(), Map.of("*", List.of("*")), "null"));

        assertThat(project.inputs()).containsExactly("a");
        assertThat(project.settings("wages").skip()).isEqualTo("salaries are private");
    }

    @Test
    void aDecisionKeepsTheOtherSettingsOfATable() {
        Project project = new Project(directory).mysql("CREATE TABLE people (id INT, email VARCHAR(50))");
        project.add(Project.NOTHING);
        project.write(SOURCE, project.text(SOURCE) + "    mask: {email: drop}  # personal\n");
        project.add(new Choices(List.of(), List.of(), Map.of("people", List.of("id")), null));

        assertThat(project.inputs()).containsExactly("people");
        assertThat(project.settings("people").mask()).isEqualTo(Map.of("email", "drop"));
        assertThat(project.text(SOURCE)).contains("    mask: {email: drop}  # personal\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mask: {mial: hash}",
                "where: id >",
                "columns: {exclude: [nmae]}",
                "columns: {include: [name]}",
                "key: [idd]"
            })
    void aSettingThatDoesNotFitTheTableIsNotAnsweredByAnotherKey(String setting) {
        Project project = new Project(directory).mysql("CREATE TABLE people (id INT PRIMARY KEY, name VARCHAR(50))");
        project.add(Project.NOTHING);
        project.write(SOURCE, project.text(SOURCE).replace("  people:\n", "  people:\n    " + setting + "\n"));

        assertThat(project.plan(Project.NOTHING)).contains("people: ").doesNotContain("name columns that distinguish");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schema: shop\ntables: {a: {}}\n",
                "schema: shop\ntables:\n\ta:\n",
                "schema: shop\ntables:\n  a:\n    kye: [x]\n",
                "schema: shop\ntables:\n  a:\n  a:\n",
                "schema: shop\ntables:\n  a: *x\n",
                "schema: shop\ntables:\n  a: [\n",
                "schema: shop\ntables:\n  - a\n",
            })
    void aFileThatIsBrokenByHandIsRefusedWithItsLine(String text) {
        Project project = new Project(directory).tables("a", "b");
        project.write(SOURCE, text);

        assertThatThrownBy(() -> project.add(Project.NOTHING))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(SOURCE + " ")
                .hasMessageContaining(" at line ");
        assertThat(project.text(SOURCE)).isEqualTo(text);
    }

    @Test
    void aFileThatIsNotTextIsRefused() throws Exception {
        Project project = new Project(directory).tables("a");
        project.write(SOURCE, "");
        java.nio.file.Files.write(directory.resolve(SOURCE), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThatThrownBy(() -> project.add(Project.NOTHING))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void aWorkflowWithoutItsListIsRefusedBeforeAFileChanges() {
        Project project = new Project(directory).tables("a");
        project.add(Project.NOTHING);
        project.write(EXTRACT, project.text(EXTRACT).replace("name: tables", "name: others"));
        project.tables("b");
        String source = project.text(SOURCE);

        assertThatThrownBy(() -> project.add(Project.NOTHING))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(EXTRACT + " has no list of tables.");
        assertThat(project.text(SOURCE)).isEqualTo(source);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Shop", "1shop", "a-b", "a/../b", "a b", "ä", "${var.x}"})
    void aNameThatFitsNowhereIsRefused(String name) {
        assertThatThrownBy(() -> new DatabaseFiles(directory, name))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot be called '" + name + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"workflows/shop_load.yml", "resources/shop.yml", "schemas/shop/a.sql"})
    void aNameThatIsTakenIsRefused(String file) {
        Project project = new Project(directory).tables("a");
        project.write(file, "");

        assertThatThrownBy(() -> project.add(Project.NOTHING))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("belongs to something else");
    }

    @Test
    void namesTooLongForOneWorkflowAreRefused() {
        Project project = new Project(directory);
        for (int i = 0; i < 160; i++) {
            project.tables("t" + i + "x".repeat(60));
        }

        assertThatThrownBy(() -> project.add(Project.NOTHING))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("too long for one workflow")
                .hasMessageContaining("5000");
    }

    @Test
    void whereTheDatabaseIsReachesTheBundleWithoutThePassword() {
        Project project = new Project(directory).tables("a");
        project.add(Project.NOTHING);

        assertThat(project.text("resources/shop.yml"))
                .contains("default: \"" + project.server().url() + "\"")
                .contains("default: databricks:${var.secret_scope}/shop-mysql-password")
                .doesNotContain(project.server().password().toString());
    }
}
