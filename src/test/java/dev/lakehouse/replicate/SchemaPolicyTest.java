package dev.lakehouse.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lakehouse.UserError;
import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Tables;
import dev.lakehouse.testing.TestLakehouse;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the columns of a target and of an extract lead to. */
class SchemaPolicyTest {
    private static final String TECHNICAL = ", _row_checksum BIGINT, _extract BIGINT, _loaded_at TIMESTAMP";

    private final SparkSession session = TestLakehouse.session();
    private final Tables tables = Tables.at(session, TestLakehouse.fresh().warehouse());
    private final TargetColumns target = new TargetColumns(session, tables, TableName.parse("lake.goods"));

    @ParameterizedTest
    @EnumSource
    void theSameColumnsInAnotherOrderAndAnotherCaseAreNoChange(SchemaPolicy policy) {
        assertThat(change(policy, "id INT, Color STRING, n INT", "n INT, id INT, color STRING")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aNewColumnIsAddedOrLeftOutOrRefusedAsThePolicySays() {
        table();
        String present = "id INT";
        String incoming = "colour STRING, id INT, `unit price (HKD)` DECIMAL(8,2)";

        assertThat(change(SchemaPolicy.EVOLVE, present, incoming).added())
                .extracting(StructField::name)
                .containsExactly("colour", "unit price (HKD)");
        assertThat(change(SchemaPolicy.DISCARD, present, incoming).isEmpty()).isTrue();
        assertThat(refusal(SchemaPolicy.FREEZE, present, incoming))
                .hasMessageContaining(
                        "The extract's columns do not fit the table lake.goods: `colour` is new, `unit price (HKD)`"
                                + " is new.")
                .hasMessageContaining("The source has a new column `colour`, and the schema policy is freeze.");
    }

    @Test
    void aWiderTypeIsFollowedUnderTheNameThatTheTargetHasAndRefusedWhereColumnsAreFrozen() {
        table();
        for (SchemaPolicy policy : List.of(SchemaPolicy.EVOLVE, SchemaPolicy.DISCARD)) {
            assertThat(change(policy, "Id INT, n INT", "id BIGINT, n INT").widened())
                    .as(policy.name())
                    .extracting(StructField::name, StructField::dataType)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("Id", DataType.fromDDL("BIGINT")));
        }
        assertThat(refusal(SchemaPolicy.FREEZE, "id INT", "id BIGINT"))
                .hasMessageContaining("Column `id` is now BIGINT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "TINYINT; SMALLINT",
                "TINYINT; INT",
                "SMALLINT; INT",
                "INT; BIGINT",
                "INT; DECIMAL(10,0)",
                "BIGINT; DECIMAL(20,0)",
                "DECIMAL(8,2); DECIMAL(10,2)",
                "DECIMAL(8,2); DECIMAL(12,4)",
                "DECIMAL(8,2); DECIMAL(10,4)",
            })
    void aTypeThatHoldsAllValuesExactlyIsWider(String from, String to) {
        assertThat(SchemaChange.widens(DataType.fromDDL(from), DataType.fromDDL(to)))
                .isTrue();
        assertThat(SchemaChange.widens(DataType.fromDDL(to), DataType.fromDDL(from)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "INT; DECIMAL(9,0)",
                "INT; DECIMAL(12,2)",
                "BIGINT; DECIMAL(19,0)",
                "DECIMAL(8,2); DECIMAL(9,4)",
                "DECIMAL(8,2); DECIMAL(9,1)",
                "INT; DOUBLE",
                "FLOAT; DOUBLE",
                "DATE; TIMESTAMP",
                "STRING; INT",
                "INT; STRING",
            })
    void anotherTypeIsNotWider(String from, String to) {
        assertThat(SchemaChange.widens(DataType.fromDDL(from), DataType.fromDDL(to)))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aColumnThatIsGoneOrOfAnotherTypeIsRefusedByNameUnderEveryPolicy(SchemaPolicy policy) {
        table();

        UserError gone = refusal(policy, "id INT, _note STRING, V STRING", "id INT, v INT");

        assertThat(gone.problem()).endsWith("`_note` is missing, `v` has another type.");
        assertThat(gone.cause())
                .isEqualTo("Column `_note` is missing in the source."
                        + " Column `v` is STRING in the target and INT in the source.");
        assertThat(gone.fix())
                .contains("\nALTER TABLE lake.goods DROP COLUMN `_note`;\nALTER TABLE lake.goods DROP COLUMN `V`;")
                .endsWith(policy == SchemaPolicy.EVOLVE ? "`V`;" : "\nALTER TABLE lake.goods ADD COLUMNS (`v` INT);");
    }

    @Test
    void aMissingColumnMayHaveAnotherNameIfTheOnlyNewOneHasItsType() {
        table();

        assertThat(refusal(SchemaPolicy.EVOLVE, "id INT, n INT", "id INT, m INT")
                        .fix())
                .contains(
                        "\nALTER TABLE lake.goods RENAME COLUMN `n` TO `m`;\nOtherwise change the source back; or drop")
                .endsWith("\nALTER TABLE lake.goods DROP COLUMN `n`;");
        assertThat(List.of(
                        refusal(SchemaPolicy.EVOLVE, "id INT, n INT", "id INT, m BIGINT"),
                        refusal(SchemaPolicy.EVOLVE, "id INT, n INT", "id INT, m INT, o INT"),
                        refusal(SchemaPolicy.EVOLVE, "id INT, n INT, m INT", "id INT, o INT")))
                .allSatisfy(refused -> assertThat(refused.fix()).doesNotContain("RENAME"));
    }

    private void table() {
        tables.create(target.name(), "CREATE TABLE lake.goods (id INT) USING DELTA");
    }

    private SchemaChange change(SchemaPolicy policy, String present, String incoming) {
        return policy.change(target, StructType.fromDDL(present + TECHNICAL), StructType.fromDDL(incoming));
    }

    private UserError refusal(SchemaPolicy policy, String present, String incoming) {
        return UserError.within(catchThrowable(() -> change(policy, present, incoming)));
    }
}
