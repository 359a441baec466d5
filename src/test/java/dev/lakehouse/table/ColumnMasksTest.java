package dev.lakehouse.table;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.testing.TestLakehouse;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Masks are SQL functions that are really called; only the relation that lists them is made here. */
class ColumnMasksTest {
    private static final TableName SHOP = new TableName("lake", "shop");

    private final SparkSession session = TestLakehouse.session();

    /** Spark goes on knowing the functions of a schema that was dropped, so each test has names of its own. */
    private final String suffix = "_" + UUID.randomUUID().toString().replace("-", "");

    @BeforeEach
    void tableAndCatalogue() {
        TestLakehouse lakehouse = TestLakehouse.fresh();
        Tables.at(session, lakehouse.warehouse())
                .create(SHOP, "CREATE TABLE lake.shop (id INT, name STRING, checksum BIGINT) USING DELTA");
        session.sql("CREATE SCHEMA IF NOT EXISTS information_schema");
        session.sql("CREATE TABLE information_schema.column_masks (catalog_name STRING, schema_name STRING,"
                + " table_name STRING, column_name STRING, mask_catalog STRING, mask_schema STRING,"
                + " mask_name STRING, mask_col_usage STRING) USING DELTA");
        function("shown_text", "STRING", "CASE WHEN 1 = 1 THEN value END");
        function("masked_text", "STRING", "CASE WHEN value IS NOT NULL THEN '***' END");
        function("shown_number", "BIGINT", "value");
        function("masked_number", "BIGINT", "0");
    }

    private void function(String name, String type, String body) {
        session.sql(
                "CREATE FUNCTION lake." + name + suffix + "(value " + type + ") RETURNS " + type + " RETURN " + body);
    }

    @AfterEach
    void noCatalogue() {
        session.sql("DROP SCHEMA information_schema CASCADE");
    }

    private void mask(String column, String function, String otherColumns) {
        session.sql("INSERT INTO information_schema.column_masks VALUES ('spark_catalog', 'lake', 'shop', '" + column
                + "', 'spark_catalog', 'lake', '" + function + suffix + "', " + otherColumns + ")");
    }

    private void check() {
        ColumnMasks.of(session, SHOP).refuseHiddenValues();
    }

    @Test
    void aTableWithoutMasksIsAccepted() {
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void masksThatShowTheirValuesAreAccepted() {
        mask("name", "shown_text", "NULL");
        mask("checksum", "shown_number", "NULL");

        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void everyColumnThatAMaskHidesIsNamed() {
        mask("name", "masked_text", "NULL");
        mask("checksum", "masked_number", "NULL");

        assertThatThrownBy(this::check)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("The values of lake.shop are masked")
                .hasMessageContaining("name")
                .hasMessageContaining("checksum")
                .hasMessageContaining("--var job_group=GROUP");
    }

    @Test
    void aMaskThatMayNotBeCalledOrThatOtherColumnsDecideCountsAsOneThatHides() {
        mask("name", "not_there", "NULL");
        assertThatThrownBy(this::check).hasMessageContaining("hide name");

        session.sql("DELETE FROM information_schema.column_masks");
        mask("checksum", "shown_number", "'id'");
        assertThatThrownBy(this::check).hasMessageContaining("hide checksum");
    }
}
