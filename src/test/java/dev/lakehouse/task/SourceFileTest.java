package dev.lakehouse.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFileTest {
    private static SourceFile parse(String text) {
        return SourceFile.parse("sources/shop.yml", text);
    }

    @Test
    void settingsAreOptionsOfTasks() {
        SourceFile file = parse("""
                schema: shop
                exclude: tmp_*
                tables:
                  customers:
                  on: {target: old_on, skip: 'yes'}
                  123:
                    key: "*"
                    columns: {exclude: [a, b]}
                    where: "x > 1"
                    mask: {email: hash, name: drop}
                    invalid_dates: "null"
                    partition: y=year(d)
                    sort: [a]
                    range_rows: 1000
                    schema_policy: freeze
                    delete_percent: 5
                """);

        assertThat(file.exclude()).containsExactly("tmp_*");
        assertThat(file.tables().keySet()).containsExactly("customers", "on", "123");
        assertThat(file.tables().get("customers")).isEqualTo(TableSettings.NONE);
        assertThat(file.tables().get("on").isCopied()).isFalse();
        assertThat(file.tables().get("123").options())
                .isEqualTo(Map.of(
                        "--key",
                        "*",
                        "--without",
                        "a,b",
                        "--where",
                        "x > 1",
                        "--mask",
                        "email=hash,name=drop",
                        "--invalid-dates",
                        "null",
                        "--partition",
                        "y=year(d)",
                        "--sort",
                        "a",
                        "--range-rows",
                        "1000",
                        "--schema-policy",
                        "freeze",
                        "--delete-percent",
                        "5"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "    kye: [x]|line 4|no setting 'kye'; settings are columns, delete_percent",
                "    columns: {excluded: [x]}|line 4|no setting 'excluded'; settings are exclude, include",
                "    range_rows: many|line 4|not YAML of the form",
                "    range_rows: 1.5|line 4|not YAML of the form",
                "    mask: [email]|line 4|not YAML of the form",
                "    key: {a: b}|line 4|not YAML of the form",
                "    key: *|line 4|not YAML of the form",
                "    key: *id|line 4|reference (*id)",
                "    <<: *base|line 4|reference (*base)",
                "    mask: {email: *x}|line 4|reference (*x)",
                "    skip:|line 4|'skip' is the text of a reason",
                "    skip: false|line 4|'skip' is the text of a reason",
                "    invalid_dates: null|line 4|'invalid_dates' has no value",
                "    skip: ''||'skip' of table 'a' gives no reason",
                "  A_quarantine:||a_quarantine, would be the quarantine of 'a'",
                "  a:|line 4|a second time",
                "  A:||'a' and 'A' have the same Delta table, a",
                "  b: {target: A}||'a' and 'b' have the same Delta table, a",
                "tables:|line 4|a second time",
                "sort: [x]|line 4|no setting 'sort'; settings are exclude, include, schema, tables",
                "---||not YAML of the form",
                "  b: text|line 4|not YAML of the form",
                "\tb:|line 3|not YAML of the form",
                "  b: \"\u0001\"||not YAML of the form",
            })
    void aMistakeIsNamedWithItsLine(String line, String where, String why) {
        assertThatThrownBy(() -> parse("schema: shop\ntables:\n  a:\n" + line + "\n"))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("sources/shop.yml cannot be read" + (where == null ? "" : " at " + where))
                .hasMessageContainingAll(why.split("(?=; settings)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing\n",
                "tables:\n",
                "[]",
                "text",
                "schema:\n",
                "schema: a.b\n",
                "schema: \"a\\nb\"\n",
                "{"
            })
    void aFileWithoutASchemaIsRefused(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("sources/shop.yml cannot be read");
    }

    @Test
    void aLongFileIsReadAndADeepOneRefused() {
        StringBuilder text = new StringBuilder("schema: shop\ntables:\n");
        for (int i = 0; i < 20_000; i++) {
            text.append("  table_").append(i).append(":\n    key: [a, b]\n");
        }
        assertThat(parse(text.toString()).tables()).hasSize(20_000);

        assertThatThrownBy(() -> parse("schema: shop\ntables: " + "[".repeat(100_000)))
                .isInstanceOf(UserError.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFFschema: shop\ntables:\n  a:\n",
                "---\r\nschema: shop\r\ntables:\r\n\r\n  # x\r\n  a:\r\n...\r\n"
            })
    void aByteOrderMarkAndOtherLineEndsAreAccepted(String text) {
        assertThat(parse(text).tables()).containsOnlyKeys("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.yml",
                "sources/../x.yml",
                "sources/a/b.yml",
                "/sources/a.yml",
                "sources/none.yml",
                "sources/.yml"
            })
    void aPathOfNoSuchFileIsRefused(String path) {
        assertThatThrownBy(() -> SourceFile.read(path))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(path);
    }

    @Test
    void aTableThatIsNotListedIsRefused() {
        assertThatThrownBy(() -> parse("schema: shop\ntables:\n  a:\n").table("sources/shop.yml", "b"))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("sources/shop.yml has no table 'b'.");
        assertThat(parse("schema: shop\n").tables()).isEmpty();
        assertThat(List.copyOf(parse("schema: shop\n").include())).isEmpty();
    }
}
