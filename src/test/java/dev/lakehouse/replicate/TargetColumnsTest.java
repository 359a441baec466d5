package dev.lakehouse.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lakehouse.UserError;
import dev.lakehouse.table.SqlScript;
import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Tables;
import dev.lakehouse.testing.TestLakehouse;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Delta table that was made without the features by which a table follows its source. */
class TargetColumnsTest {
    private static final String TEXT = "${env:PATH} ${system:user.home} ${x} it's";
    private static final SchemaChange WIDER =
            new SchemaChange(List.of(), List.of(StructType.fromDDL("n BIGINT").fields()), List.of());

    private final TestLakehouse lakehouse = TestLakehouse.fresh();
    private final SparkSession session = TestLakehouse.session();
    private final Tables tables = Tables.at(session, lakehouse.warehouse());
    private final TargetColumns columns = new TargetColumns(session, tables, TableName.parse("lake.goods"));

    @BeforeEach
    void aRow() {
        tables.create(columns.name(), "CREATE TABLE lake.goods (id INT, n INT) USING DELTA");
        session.sql("INSERT INTO lake.goods VALUES (1, 7)");
    }

    @Test
    void whatItCannotFollowIsRefusedWithTheStatementThatTurnsTheFeaturesOn() {
        UserError wider = refusal(WIDER);
        UserError oddName = refusal(added(field("unit price (HKD)", "")));
        assertThat(List.of(wider, oddName)).allSatisfy(refused -> assertThat(refused.cause())
                .contains("without column mapping and type widening"));
        assertThat(wider).hasMessageContaining("lake.goods cannot follow column `n` of the source");
        assertThat(oddName).hasMessageContaining("cannot follow column `unit price (HKD)`");

        run(wider.fix().substring(wider.fix().indexOf("\nALTER TABLE ") + 1));
        columns.evolve(WIDER);

        assertThat(lakehouse.query("DESCRIBE lake.goods")).containsExactly("id|int|null", "n|bigint|null");
        assertThat(lakehouse.query("SELECT * FROM lake.goods")).containsExactly("1|7");
    }

    @Test
    void newColumnsAreNullableInOneCommitAndNoTextOfTheirsIsReplaced() {
        run(columns.script(List.of(columns.drop("n")), true));
        long version = lakehouse.version("lake.goods");

        columns.evolve(added(field("unit price (HKD)", ""), field("${system:user.home}", TEXT)));

        assertThat(lakehouse.version("lake.goods")).isEqualTo(version + 1);
        assertThat(lakehouse.query("DESCRIBE lake.goods"))
                .containsExactly("id|int|null", "unit price (HKD)|int|null", "${system:user.home}|int|" + TEXT);
        assertThat(lakehouse.query("SELECT * FROM lake.goods")).containsExactly("1|null|null");
    }

    @Test
    void theStatementsThatDropAColumnTurnTheFeaturesOnWhereTheyAreOff() {
        String first = columns.script(List.of(columns.drop("n")), true);
        run(first);

        assertThat(SqlScript.of(first).statements()).hasSize(2);
        assertThat(columns.script(List.of(columns.drop("id")), true))
                .isEqualTo("\nALTER TABLE lake.goods DROP COLUMN `id`;");
        assertThat(lakehouse.query("SELECT * FROM lake.goods")).containsExactly("1");
    }

    private UserError refusal(SchemaChange change) {
        return UserError.within(catchThrowable(() -> columns.check(change)));
    }

    private static SchemaChange added(StructField... fields) {
        return new SchemaChange(List.of(fields), List.of(), List.of());
    }

    /** A column that may not be NULL in the source. */
    private static StructField field(String name, String comment) {
        StructField field = DataTypes.createStructField(name, DataTypes.IntegerType, false);
        return comment.isEmpty() ? field : field.withComment(comment);
    }

    private void run(String statements) {
        SqlScript.of(statements).statements().forEach(session::sql);
    }
}
