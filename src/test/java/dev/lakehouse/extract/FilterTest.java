package dev.lakehouse.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.testing.TestLakehouse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Extracts of the rows that fulfil a condition. */
class FilterTest {
    private static final String PRESENT = "--where=deleted = 0";

    private final TestLakehouse lakehouse = TestLakehouse.fresh()
            .mysql(
                    "CREATE TABLE orders (id INT PRIMARY KEY, deleted TINYINT NULL, day DATE, note VARCHAR(20))",
                    "INSERT INTO orders SELECT seq, IF(seq % 9 = 0, NULL, seq % 3 = 0), '2025-01-01', 'x' FROM seq_1_to_300");
    private final Landing landing =
            Landing.of(lakehouse.landing(), lakehouse.mysql().database(), "orders");

    private String extract(String... options) {
        return lakehouse.extract("orders", options);
    }

    @Test
    void onlyRowsForWhichItIsTrueAreCopiedAndLoaded() {
        assertThat(extract(PRESENT, "--range-rows=30"))
                .contains("source = Parquet: 200 rows of orders WHERE deleted = 0, checksum");
        assertThat(landing.manifest(1).where()).isEqualTo("deleted = 0");
        assertThat(landing.manifest(1).ranges()).hasSize(7);

        lakehouse.load("orders");

        assertThat(lakehouse.query("SELECT count(*), min(deleted), max(deleted) FROM lake.orders"))
                .containsExactly("200|0|0");
        assertThat(lakehouse.reconcile("orders", "lake.orders")).contains("source = extract = Delta");
    }

    @Test
    void aRowThatNoLongerFulfilsItIsDeletedByTheLoad() {
        extract(PRESENT);
        lakehouse.load("orders");
        lakehouse.mysql("UPDATE orders SET deleted = 1 WHERE id = 7", "UPDATE orders SET deleted = 0 WHERE id = 9");

        assertThat(lakehouse.reconcile("orders", "lake.orders"))
                .contains("1 key only in Delta")
                .contains("1 key only in the source");
        extract(PRESENT);

        assertThat(lakehouse.load("orders")).contains("1 inserted, 0 updated, 1 deleted");
    }

    @Test
    void rowsThatEnterOrLeaveItDuringTheCopyAreReadAgain() {
        FailPoint.once(
                "extract.written",
                () -> lakehouse.mysql(
                        "UPDATE orders SET deleted = 1 WHERE id = 100",
                        "UPDATE orders SET deleted = 0 WHERE id IN (3, 300)",
                        "INSERT INTO orders VALUES (1000, 0, NULL, 'late'), (1001, 1, NULL, 'late')"));

        assertThat(extract(PRESENT, "--range-rows=20", "--writer-rows=40")).contains("source = Parquet: 202 rows");

        lakehouse.load("orders");
        assertThat(lakehouse.reconcile("orders", "lake.orders")).contains("source = extract = Delta");
    }

    @Test
    void rowsThatDoNotFulfilItAreNoReasonForANewExtractAndAnotherConditionIs() {
        extract(PRESENT);
        lakehouse.mysql("UPDATE orders SET note = 'other' WHERE deleted = 1");
        assertThat(extract(PRESENT)).contains("unchanged   orders WHERE deleted = 0 = extract 1");
        // The same rows.
        assertThat(extract("--where=deleted < 1")).contains("of extract 2");
        assertThat(extract()).contains("of extract 3").contains("source = Parquet: 300 rows, checksum");
    }

    @Test
    void datesAndKeysOfOtherRowsDoNotMatter() {
        lakehouse.mysql(
                "INSERT INTO orders VALUES (999, 1, '0000-00-00', 'x')",
                "CREATE TABLE twice (code INT, deleted INT)",
                "INSERT INTO twice VALUES (1, 0), (2, 0), (2, 1), (NULL, 1)");

        extract(PRESENT);
        lakehouse.task(CheckSource::main, with("orders", PRESENT));
        lakehouse.extract("twice", "--key=code", PRESENT);

        assertThatThrownBy(this::extract).hasMessageContaining("a date or time that does not exist");
        assertThatThrownBy(() -> lakehouse.extract("twice", "--key=code")).hasMessageContaining("do not distinguish");
        assertThatThrownBy(() -> lakehouse.extract("twice", "--key=code", "--where=code = 2"))
                .hasMessageContaining("do not distinguish");
    }

    @Test
    void itMayReadOtherTablesAndContainQuotesAndWholeRowsMayRepeat() {
        lakehouse.mysql("CREATE TABLE open (id INT PRIMARY KEY)", "INSERT INTO open VALUES (1), (2), (5)");

        assertThat(extract("--where=id IN (SELECT id FROM open WHERE open.id < 5) OR orders.note = ')\\'; -- \"#'"))
                .contains("source = Parquet: 2 rows of orders");
        assertThat(extract("--where=note = 'x' -\n 0 + 1 OR id < 11", "--key=*"))
                .contains("10 rows of orders WHERE");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = '|', textBlock = """
                    missing = 1              | Unknown column
                    deleted =                | syntax
                    COUNT(*) > 1             | Invalid use of group function
                    deleted = 0) OR (1 = 1   | closing parenthesis without an opening one
                    ((deleted = 0)           | opening parenthesis without a closing one
                    deleted = 0 -- and more  | a comment
                    deleted = 0 # and more   | a comment
                    deleted /* or */ = 0     | a comment
                    deleted = 0; DROP TABLE orders | a semicolon
                    note = 'x                | a quote (') that is not closed
                    note = 'x\\'             | a quote (') that is not closed
                    id IN (SELECT id FROM nowhere) | doesn't exist
                    day < NOW()              | It uses NOW()
                    day < current_date       | It uses current_date
                    RAND() < 0.5             | It uses RAND()
                    id > @last               | a variable
                    id IN (SELECT id FROM orders FOR UPDATE) | It uses FOR UPDATE
                    """)
    void aConditionThatMySqlRefusesOrThatMayChangeIsRefused(String condition, String why) {
        for (String printed : List.of(
                refusal(() -> extract("--where=" + condition)),
                refusal(() -> lakehouse.task(CheckSource::main, with("orders", "--where=" + condition))))) {
            assertThat(printed).contains("The condition of --where cannot be used for table 'orders'.");
            assertThat(printed).contains(why);
        }
        assertThat(landing.claimed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"note <> 'now()'", "`day` > '2024-12-31'", "note = 'it''s' OR note = \"@;#\" OR id > 0"})
    void whatStandsInQuotesIsText(String condition) {
        assertThat(extract("--where=" + condition)).contains("source = Parquet: 300 rows of orders WHERE " + condition);
    }

    private static String refusal(Runnable task) {
        try {
            task.run();
        } catch (UserError e) {
            return e.getMessage();
        }
        return "not refused";
    }

    private List<String> with(String table, String... options) {
        return Stream.concat(lakehouse.source(table).stream(), Stream.of(options))
                .toList();
    }
}
