package dev.lakehouse.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.spark.SqlText;
import dev.lakehouse.testing.TestLakehouse;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Names that MySQL allows: of the table, of columns in and outside of the key, and of columns that are added later. */
@Tag("e2e")
class NamesTest {
    private static final String TABLE = "order by.\"1\" 'ä' ${x}";

    private static final List<String> KEY =
            List.of("select", "MiXed", "a.b", "a b", "it's", "say \"x\"", "back`tick", "${env:HOME}", "größe");

    private static final List<String> OTHERS =
            List.of("表", "100%_", "a,b", "a;b", "{x}=(y)", "-- x", "/* x */", "1", "'", "\\", "null", "_");

    private final TestLakehouse lakehouse = TestLakehouse.fresh();

    private static String each(List<String> names, Function<String, String> text) {
        return names.stream().map(SqlText::identifier).map(text).collect(Collectors.joining(", "));
    }

    private String load() {
        return lakehouse.task(
                LoadTable::main,
                List.of("--table=" + TABLE, "--landing=" + lakehouse.landing(), "--target=lake.named"));
    }

    @Test
    void tablesAndColumnsMayHaveThem() {
        String table = SqlText.identifier(TABLE);
        lakehouse.mysql(
                "CREATE TABLE " + table + " (" + each(KEY, name -> name + " INT") + ", "
                        + each(OTHERS, name -> name + " INT") + ", PRIMARY KEY (" + each(KEY, name -> name) + "))",
                "INSERT INTO " + table + " SELECT " + each(KEY, name -> "seq") + ", " + each(OTHERS, name -> "seq")
                        + " FROM seq_1_to_30");

        assertThat(lakehouse.extract(TABLE, "--range-rows=7", "--sort=a.b", "--partition=half=`a.b` % 2"))
                .contains("source = Parquet: 30 rows");
        assertThat(load()).contains("30 inserted");

        lakehouse.mysql(
                "ALTER TABLE " + table + " "
                        + each(
                                OTHERS.stream().map(name -> name + "2").toList(),
                                name -> "ADD COLUMN " + name + " VARCHAR(20) DEFAULT 'new'"),
                "DELETE FROM " + table + " WHERE `a.b` = 3");
        lakehouse.extract(TABLE);
        assertThat(load()).contains("0 inserted, 29 updated, 1 deleted");
        assertThat(lakehouse.query("SELECT `a.b`, `back``tick`, `${env:HOME}`, `'`, `表2`, `a,b2` FROM lake.named"
                        + " WHERE `1` = 7"))
                .containsExactly("7|7|7|7|new|new");
        assertThat(lakehouse.reconcile(TABLE, "lake.named")).contains("source = extract = Delta");
    }
}
