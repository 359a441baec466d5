package dev.lakehouse.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.testing.TestLakehouse;
import org.junit.jupiter.api.Test;

class CheckSourceTest {
    private final TestLakehouse lakehouse = TestLakehouse.fresh();

    private String check(String table) {
        return lakehouse.task(CheckSource::main, lakehouse.source(table));
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
        lakehouse.mysql("CREATE TABLE places (id INT PRIMARY KEY, place GEOMETRY)", "CREATE TABLE keyless (id INT)");

        assertThatThrownBy(() -> check("places")).isInstanceOf(UserError.class).hasMessageContaining("`place`");
        assertThatThrownBy(() -> check("keyless")).isInstanceOf(UserError.class).hasMessageContaining("has no key");
        assertThatThrownBy(() -> check("none")).isInstanceOf(UserError.class).hasMessageContaining("no table 'none'");
    }

    @Test
    void aTableWithoutSnapshotsIsWarnedOf() {
        lakehouse.mysql("CREATE TABLE old (id INT PRIMARY KEY) ENGINE = MyISAM");

        assertThat(check("old")).contains("warning     The table is kept by MyISAM");
    }
}
