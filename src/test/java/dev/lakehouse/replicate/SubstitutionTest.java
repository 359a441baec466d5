package dev.lakehouse.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.extract.Landing;
import dev.lakehouse.extract.Manifest;
import dev.lakehouse.spark.SqlText;
import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Tables;
import dev.lakehouse.testing.TestLakehouse;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spark would replace these texts by the environment, by properties of the JVM and by its own settings. */
class SubstitutionTest {
    private static final String SUBSTITUTE = "spark.sql.variable.substitute";
    private static final String TEXT = "${env:PATH} ${system:user.home} ${spark.app.name} ${x}";

    private final TestLakehouse lakehouse = TestLakehouse.fresh();

    @BeforeEach
    void aTableWhoseEveryTextIsAReference() {
        lakehouse.mysql(
                "CREATE TABLE goods (id INT PRIMARY KEY, `${env:HOME}` VARCHAR(100) COMMENT '" + TEXT + "',"
                        + " color VARCHAR(40)) COMMENT '" + TEXT + "'",
                "INSERT INTO goods VALUES (1, '" + TEXT + "', '${env:HOME}')");
    }

    @AfterEach
    void substitutionStaysOff() {
        TestLakehouse.session().conf().set(SUBSTITUTE, "false");
    }

    @Test
    void noTextFromTheSourceIsReplaced() {
        lakehouse.extract("goods", "--partition=shade=concat(color, '${env:HOME}')");
        lakehouse.load("goods");

        assertThat(TestLakehouse.session().table("lake.goods").columns()).contains("id", "${env:HOME}", "color");
        assertThat(lakehouse.query("SELECT id, `${env:HOME}`, color FROM lake.goods"))
                .containsExactly("1|" + TEXT + "|${env:HOME}");
        assertThat(lakehouse.query("DESCRIBE TABLE lake.goods")).contains("${env:HOME}|string|" + TEXT);
        assertThat(lakehouse.query("SELECT shade FROM parquet.`" + lakehouse.landing("goods", "extract=000001") + "`"))
                .containsExactly("${env:HOME}${env:HOME}");
    }

    @Test
    void whereSubstitutionCannotBeSwitchedOffSuchAColumnIsRefusedByName() {
        lakehouse.extract("goods");
        SparkSession session = TestLakehouse.session();
        TargetTable target =
                new TargetTable(session, Tables.at(session, lakehouse.warehouse()), TableName.parse("lake.goods"));
        Landing landing = Landing.of(lakehouse.landing(), lakehouse.mysql().database(), "goods");
        Manifest manifest = landing.manifest(1);

        session.conf().set(SUBSTITUTE, "true");

        assertThatThrownBy(() -> target.open(manifest, TargetSource.of(landing)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot be loaded on this compute: ${env:HOME}.");
    }

    @Test
    void aLiteralStandsForItsTextThoughVariablesAreReplaced() {
        SparkSession session = TestLakehouse.session();
        session.conf().set(SUBSTITUTE, "true");

        assertThat(session.sql("SELECT " + SqlText.literal(TEXT + " \\ '"))
                        .head()
                        .getString(0))
                .isEqualTo(TEXT + " \\ '");
    }
}
