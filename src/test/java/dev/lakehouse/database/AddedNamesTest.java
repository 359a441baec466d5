package dev.lakehouse.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of tables as MySQL allows them, which are read back from the written files. */
class AddedNamesTest {
    private static final List<String> ODD = List.of(
            "a b",
            "it's",
            "a\"b",
            "größe",
            "a.b",
            "a/b",
            "a\\b",
            "a$b",
            "{{input}}",
            "${var.catalog}",
            "{{job.parameters.steps}}",
            "a\nb",
            "a\tb",
            "a\u0085b",
            "a\u2028b",
            "a: #",
            "*",
            "&a",
            "- a",
            "on",
            "null",
            "123",
            "?",
            "@SOURCE@",
            "a,b",
            "a=b",
            "`",
            "x".repeat(64),
            "ü".repeat(64),
            "--steps=load",
            "\u001b[2J");

    @TempDir
    private Path directory;

    @Test
    void everyNameIsReadBackFromAllFiles() {
        Project project = new Project(directory).tables(ODD.toArray(String[]::new));

        String plan = project.plan(Project.NOTHING);
        project.add(Project.NOTHING);

        assertThat(plan).doesNotContain("\u001b").doesNotContain("a\nb").contains("\"a\\nb\"");
        assertThat(project.inputs()).containsExactlyInAnyOrderElementsOf(ODD);
        assertThat(project.source().tables()).containsOnlyKeys(ODD);
        assertThat(project.targets().values()).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z0-9_]+"));
        assertThat(project.text("workflows/shop_extract.yml"))
                .doesNotContain("{{input}}\"")
                .doesNotContain("${var.catalog}\"");
        assertThat(project.add(Project.NOTHING)).as("a second run").isEmpty();
    }

    @Test
    void namesThatAreNotCopiedAreReadBackAsWell() {
        Project project = new Project(directory);
        ODD.forEach(name -> project.mysql(
                "CREATE TABLE `" + name.replace("`", "``") + "` (`" + name.replace("`", "``") + "` INT)"));

        String plan = project.plan(Project.NOTHING);
        project.add(Project.NOTHING);

        assertThat(plan).doesNotContain("\u001b").doesNotContain("a\nb");
        assertThat(project.source().tables()).containsOnlyKeys(ODD);
        assertThat(project.inputs()).isEmpty();
        assertThat(project.add(Project.NOTHING)).as("a second run").isEmpty();
        project.add(new Choices(List.of(), List.of(), Map.of("*", List.of("*")), null));
        assertThat(project.inputs()).containsExactlyInAnyOrderElementsOf(ODD);
    }

    @Test
    void eachTableHasADeltaTableAndAQuarantineOfItsOwn() {
        Project project = new Project(directory)
                .tables("x", "x_quarantine", "a b", "a_b", "a.b", "Straße", "y_quarantine", "z_2", "z", "Z_QUARANTINE");
        project.add(Project.NOTHING);

        assertThat(project.targets())
                .contains(
                        entry("x", "x"),
                        entry("x_quarantine", "x_quarantine_2"),
                        entry("Straße", "stra_e"),
                        entry("z_2", "z_2"));
        assertThat(project.targets().values()).doesNotHaveDuplicates();
        project.tables("y", "a?b");
        Map<String, String> before = project.targets();
        project.add(Project.NOTHING);
        assertThat(project.targets()).containsAllEntriesOf(before).contains(entry("y", "y_2"));
        assertThat(project.targets().values()).doesNotHaveDuplicates();
    }

    @Test
    void namesThatDifferByCaseOnlyHaveTwoDeltaTables() {
        Project project = new Project(directory).tables("stock", "STOCK", "Stock");
        project.add(Project.NOTHING);

        assertThat(project.targets().values()).containsExactlyInAnyOrder("stock", "stock_2", "stock_3");
        assertThat(project.inputs()).containsExactlyInAnyOrder("stock", "STOCK", "Stock");
    }
}
