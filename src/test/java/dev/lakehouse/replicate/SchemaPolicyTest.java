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
        String present = "id INT";
        String incoming = "colour STRING, id INT, `unit price (HKD)` DECIMAL(8,2)";

        assertThat(change(SchemaPolicy.EVOLVE, present, incoming).added())
                .extracting(StructField::name)
                .containsExactly("colour", "unit price (HKD)");
        assertThat(change(SchemaPolicy.DISCARD, present, incoming).isEmpty()).isTrue();
        assertThat(refusal(SchemaPolicy.FREEZE, present, incoming))
                .hasMessageContaining("The extract's columns do not fit the table lake.goods.")
                .hasMessageContaining("new column `colour`");
    }

    @Test
    void aWiderTypeIsFollowedUnderTheNameThatTheTargetHasAndRefusedWhereColumnsAreFrozen() {
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
        tables.create(target.name(), "CREATE TABLE lake.goods (id INT) USING DELTA");

        UserError gone = refusal(policy, "id INT, _note STRING", "id INT, n INT");
        UserError retyped = refusal(policy, "id INT, V STRING", "id INT, v INT");

        assertThat(gone.cause()).isEqualTo("Column `_note` is missing in the source.");
        assertThat(gone.fix()).endsWith("\nALTER TABLE lake.goods DROP COLUMN `_note`;");
        assertThat(retyped.cause()).isEqualTo("Column `v` is STRING in the target and INT in the source.");
        assertThat(retyped.fix()).endsWith("\nALTER TABLE lake.goods DROP COLUMN `V`;");
    }

    private SchemaChange change(SchemaPolicy policy, String present, String incoming) {
        return policy.change(target, StructType.fromDDL(present + TECHNICAL), StructType.fromDDL(incoming));
    }

    private UserError refusal(SchemaPolicy policy, String present, String incoming) {
        return UserError.within(catchThrowable(() -> change(policy, present, incoming)));
    }
}
