package dev.lakehouse.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.task.SourceFile;
import dev.lakehouse.task.TableSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceListTest {
    private static final TableSettings SKIPPED = TableSettings.NONE.withSkip("it is old");

    /** Changes of a file with the tables a and b: b is removed, c is new. */
    private static String changed(String text) {
        SourceFile.parse("sources/shop.yml", text);
        SourceList list = SourceList.parse("sources/shop.yml", text);
        list.retain(Set.of("a"));
        list.add("c", TableSettings.NONE);
        return list.text();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schema: shop\ntables:\n  a:\n@  b:\n",
                "schema: shop\ntables:   # all of them\n  a: # first\n@  b:\n",
                "schema: shop\ntables:\n\n    # about a\n    a:\n      key: [x]\n      # within a\n\n@    # about b\n    b: {key: y}\n",
                "\uFEFF# a BOM\nschema: shop\ntables:\n  a:\n@  b:\n",
                "---\nschema: shop\n'tables':\n  \"a\":\n    where: |\n      x >\n      # 3\n@  b:\n",
                "schema: shop\ntables:\n a:\n  skip: >-\n   not\n\n   now\n@ b:\n",
                "schema: shop\ntables:\n  ? a\n  : key: [\"*\"]\n@  b:\n",
                "schema: shop\ntables:\n  a: {key: [x],\n      where: 'y'}\n@  b:\n",
                "schema: shop\ntables:\n  a:\n    key:\n    - x\n    - y\n@  b:\n",
            })
    void otherLinesStayByteForByte(String marked) {
        String kept = marked.substring(0, marked.indexOf('@'));
        String gone = marked.substring(marked.indexOf('@') + 1);
        String tail = "\n# the end\nexclude: [x]\n";
        String last = gone.lines().reduce((one, two) -> two).orElseThrow();
        String indent = last.substring(0, last.indexOf('b'));

        assertThat(changed(kept + gone)).isEqualTo(kept + indent + "c:\n");
        assertThat(changed(kept + gone + tail)).isEqualTo(kept + indent + "c:\n" + tail);
        String windows = (kept + gone + tail).replace("\n", "\r\n");
        assertThat(changed(windows)).isEqualTo((kept + indent + "c:\n" + tail).replace("\n", "\r\n"));
    }

    @Test
    void withoutAChangeTheTextIsTheSame() {
        String text = "schema: shop\ntables:\n  a:   \n\n\n  # end without a line end";

        SourceList list = SourceList.parse("sources/shop.yml", text);
        list.retain(Set.of("a"));

        assertThat(list.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"schema: shop", "schema: shop\n", "schema: shop\ntables:", "schema: shop\ntables:\n# none\n"})
    void aListThatIsEmptyOrMissingIsFilled(String text) {
        SourceList list = SourceList.parse("sources/shop.yml", text);
        list.patterns("exclude", List.of("t?", "*\"x"));
        list.add("c", SKIPPED);
        list.add("d", TableSettings.NONE);

        SourceFile file = SourceFile.parse("sources/shop.yml", list.text());
        assertThat(file.exclude()).containsExactly("t?", "*\"x");
        assertThat(file.tables()).isEqualTo(Map.of("c", SKIPPED, "d", TableSettings.NONE));
    }

    @Test
    void aTableOfAListWithTheLastTableGoneIsWritten() {
        SourceList list = SourceList.parse("sources/shop.yml", "schema: shop\ntables:\n    a:\n      key: [x]");
        list.retain(Set.of());
        list.add("c", TableSettings.NONE);

        assertThat(list.text()).isEqualTo("schema: shop\ntables:\n    c:\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schema: shop\ntables: {a: {}}\n",
                "schema: shop\ntables: {}\n",
                "schema: shop\ntables: ~\n",
                "schema: shop\ntables:\n  {a: , b: }\n",
            })
    void aListThatIsNotWrittenInLinesIsRefusedWithItsLine(String text) {
        SourceFile.parse("sources/shop.yml", text);

        assertThatThrownBy(() -> changed(text))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("sources/shop.yml cannot be changed at line 2.")
                .hasMessageContaining("Write 'tables:' on a line of its own");
    }

    @Test
    void aFileInBracesIsRefused() {
        assertThatThrownBy(() -> changed("{schema: shop, tables: {a: {}, b: {}}}\n"))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("sources/shop.yml cannot be changed at line 1.");
    }

    @Test
    void ofATableOnlyTheSettingsThatDifferAreChanged() {
        String text = """
                schema: shop
                tables:
                  a:
                    # was decided in May
                    mask: {email: drop}   # personal
                    skip: |-
                      it is old
                    # end of a
                  b:
                """;
        TableSettings before = SourceFile.parse("f", text).tables().get("a");
        SourceList list = SourceList.parse("f", text);
        list.change("a", before, before.withSkip(null).decided(List.of("id", "*"), null));

        assertThat(list.text())
                .isEqualTo(text.replace("    skip: |-\n      it is old\n", "")
                        .replace("# end of a\n", "# end of a\n    key: [id, \"*\"]\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"  a:", "  a: # none", "  a: {target: x}"})
    void aTableWithoutLinesOfSettingsGetsThem(String table) {
        String text = "schema: shop\ntables:\n" + table + "\n  b:\n";
        TableSettings before = SourceFile.parse("f", text).tables().get("a");
        SourceList list = SourceList.parse("f", text);
        list.change("a", before, before.decided(List.of("id"), null));

        assertThat(SourceFile.parse("f", list.text()).tables())
                .isEqualTo(Map.of("a", before.decided(List.of("id"), null), "b", TableSettings.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exclude: [old]\n", "exclude:\n  - old\n  # and\n  - older\n", "exclude: old\n"})
    void patternsAreReplaced(String before) {
        SourceList list = SourceList.parse("f", "# head\n" + before + "\n# more\nschema: shop\ntables:\n  a:\n");
        list.patterns("exclude", List.of("new"));
        assertThat(list.text()).isEqualTo("# head\nexclude: [\"new\"]\n\n# more\nschema: shop\ntables:\n  a:\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: #",
                "*",
                "&x",
                "- x",
                "? x",
                "!x",
                "%x",
                "@x",
                "`x",
                "on",
                "No",
                "null",
                "~",
                "123",
                "0x1f",
                "1e3",
                "",
                " ",
                "'",
                "\"",
                "\\",
                "a#b",
                "a #b",
                "a:",
                ": a",
                "{{input}}",
                "${var.x}",
                "[x]",
                "a,b",
                "a\nb",
                "a\tb",
                "\r",
                "a\u0085b",
                "a\u2028b",
                "\uFEFF",
                "\u0001",
                "\uE000",
                "\u00A0",
                "größe",
                "表",
                "\uD83D\uDE00",
                "---",
                "...",
                "=",
                "<<",
                "|",
                ">"
            })
    void anyNameOfATableOrColumnIsReadBack(String name) {
        SourceList list = SourceList.parse("f", "schema: shop\ntables:\n");
        TableSettings settings = TableSettings.NONE
                .decided(List.of(name, name), null)
                .placed(null, name)
                .withSkip("Table '" + name + "' is old.");
        list.add(name, settings);
        list.add("plain", TableSettings.NONE);
        list.patterns("include", List.of(name));

        SourceFile file = SourceFile.parse("f", list.text());
        assertThat(file.tables()).isEqualTo(Map.of(name, settings, "plain", TableSettings.NONE));
        assertThat(file.include()).containsExactly(name);
        SourceList again = SourceList.parse("f", list.text());
        again.retain(Set.of("plain"));
        assertThat(SourceFile.parse("f", again.text()).tables()).containsOnlyKeys("plain");
    }
}
