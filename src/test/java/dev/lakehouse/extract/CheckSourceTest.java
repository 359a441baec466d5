package dev.lakehouse.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.testing.TestLakehouse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckSourceTest {
    private final TestLakehouse lakehouse = TestLakehouse.fresh();

    private String check(String table, String... options) {
        List<String> all = new ArrayList<>(lakehouse.source(table));
        all.addAll(List.of(options));
        return lakehouse.task(CheckSource::main, all);
    }

    @Test
    void serverTableKeyAndLandingAreTold() {
        lakehouse.mysql("CREATE TABLE stock (shop INT, article VARCHAR(9), n INT, PRIMARY KEY (shop, article))");

        assertThat(check("stock"))
                .contains("server      ")
                .contains(" at " + lakehouse.mysql().address() + ", as "
                        + lakehouse.mysql().user())
                .contains("table       stock: 3 columns, key shop, article, about ")
                .contains(lakehouse.landing("stock", "").replaceFirst("/$", "") + ": no extract yet")
                .doesNotContain("warning");

        lakehouse.extract("stock");
        assertThat(check("stock")).contains("the newest extract is 1");
    }

    @Test
    void whatWouldFailAnExtractFailsTheCheck() {
        lakehouse.mysql("CREATE TABLE places (id INT PRIMARY KEY, _range INT)", "CREATE TABLE keyless (id INT)");

        assertThatThrownBy(() -> check("places")).isInstanceOf(UserError.class).hasMessageContaining("_range");
        assertThatThrownBy(() -> check("keyless")).isInstanceOf(UserError.class).hasMessageContaining("has no key");
        assertThatThrownBy(() -> check("none")).isInstanceOf(UserError.class).hasMessageContaining("no table 'none'");
    }

    @Test
    void allThatWouldFailAnExtractIsNamedAtOnce() {
        lakehouse.mysql(
                "CREATE TABLE worst (id INT PRIMARY KEY, _range INT, d DATE)",
                "INSERT INTO worst VALUES (1, 2, '0000-00-00')");

        assertThatThrownBy(() -> check("worst", "--sort=nothing", "--partition=y=yeer(d)"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(
                        "Table 'worst' cannot be extracted for 4 reasons: (1) Table 'worst' has columns whose names"
                                + " are reserved: _range. (2) Table 'worst' contains a date or time that does not exist:"
                                + " column `d`. (3) The files cannot be sorted by 'nothing'. (4) ")
                .hasMessageContaining(
                        "\n  fix:  (1) Rename the columns in the source.\n        (2) Set such values to NULL")
                .hasMessageContaining("\n        (3) Name one of id, _range, d.\n");
    }

    @Test
    void whatElseIsWrongWithATableWithoutAKeyIsNamed() {
        lakehouse.mysql(
                "SET sql_mode = ''",
                "CREATE TABLE t (n INT, _range INT, d DATE)",
                "INSERT INTO t VALUES (1, 2, '0000-00-00')");

        assertThatThrownBy(() -> check("t"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Table 't' cannot be extracted for 3 reasons: (1) Table or view 't'")
                .hasMessageContaining("has no key. (2) Table 't' has columns whose names are reserved: _range. (3) ")
                .hasMessageContaining("does not exist: column `d`.");
        assertThatThrownBy(() -> check("t", "--without=_range,d,gone"))
                .hasMessageContaining("(1) Table or view 't'")
                .hasMessageContaining("(2) Column `gone` cannot be left out.");
        assertThatThrownBy(() -> check("t", "--without=_range,d")).hasMessageStartingWith("Table or view 't'");
        assertThatThrownBy(() -> check("none")).hasMessageStartingWith("There is no table 'none'");
    }

    @Test
    void aDateThatIsNoneFailsTheCheck() {
        lakehouse.mysql(
                "SET sql_mode = ''",
                "CREATE TABLE dated (id INT PRIMARY KEY, born DATE, seen DATETIME)",
                "INSERT INTO dated VALUES (1, '2024-01-31', NULL), (2, NULL, '0000-00-00 00:00:00')");

        assertThatThrownBy(() -> check("dated"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(": column `seen`.")
                .hasMessageContaining("One such row has id = 2.")
                .satisfies(error -> assertThat(((UserError) error).problem())
                        .as("what the ledger keeps")
                        .doesNotContain("id = 2"));
    }

    @Test
    void aTableWithoutSnapshotsIsWarnedOf() {
        lakehouse.mysql("CREATE TABLE old (id INT PRIMARY KEY) ENGINE = MyISAM");

        assertThat(check("old")).contains("warning     The table's storage engine is MyISAM");
    }

    /** A partition copied from another table's job: apache/spark#48338, eBay/griffin#41. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--partition=y=year(registration_date);uses the column 'registration_date'",
                "--partition=y=year(`${env:HOME}`);cannot be partitioned by",
                "--partition=y=yeer(created);uses the function 'yeer'",
                "--partition=y=year(created;not an expression of Spark SQL",
                "--partition=y=max(created);cannot be partitioned by y=max(created)",
                "--partition=y=row_number() over (order by id);cannot be partitioned by",
                "--partition=y=explode(array(id));cannot be partitioned by",
                "--partition=y=rand();may give another value",
                "--partition=y=uuid();may give another value",
                "--partition=y=(select max(id) from range(3));reads rows other than its own",
                "--partition=y=exists(select 1 from range(3));reads rows other than its own",
                "--partition=y=array(id);Its type is ARRAY<INT>",
                "--partition=y=named_struct('a', id);a folder is named by a single value",
                "--partition=y=null;a folder is named by a single value",
                "--partition=y=_range;uses the column '_range'",
                "--partition=_Range=id;a technical column",
                "--partition=ID=id;cannot be called 'ID'",
                "--sort=registration_date;cannot be sorted by 'registration_date'",
                "--range-rows=0;--range-rows=0 is not a number of rows",
                "--writer-rows=-1;--writer-rows=-1 is not a number of rows",
            })
    void aMistakeInTheLayoutIsRefusedByNameBeforeANumberIsClaimed(String option, String reason) {
        lakehouse.mysql("CREATE TABLE shop (id INT PRIMARY KEY, created DATE)");

        assertThatThrownBy(() -> check("shop", option))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("Project");
        assertThatThrownBy(() -> lakehouse.extract("shop", option))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(reason);
        assertThat(Landing.of(lakehouse.landing(), lakehouse.mysql().database(), "shop")
                        .claimed())
                .isEmpty();
    }

    @Test
    void aLayoutThatFitsPasses() {
        lakehouse.mysql("CREATE TABLE shop (id INT PRIMARY KEY, `odd ``name` VARCHAR(9), created DATE)");

        assertThat(check("shop", "--partition=month=date_trunc('month', created)", "--sort=created,ID"))
                .contains("table       shop");
        assertThat(check("shop", "--partition=third=id % 3")).contains("table       shop");
        assertThat(check("shop", "--partition=shade=upper(`odd ``name`)")).contains("table       shop");
    }
}
