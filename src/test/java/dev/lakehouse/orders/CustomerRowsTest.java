package dev.lakehouse.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.load.Quality;
import dev.lakehouse.testing.TestLakehouse;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What a row of customers is read as, and which batches repeat the one before them. */
class CustomerRowsTest {
    private static final String ROWS = """
            SELECT 'a.csv' AS _file, CAST(line AS BIGINT) AS _line, id AS _text, TIMESTAMP'2026-01-31 06:00:00Z' AS _delivered_at,
                   named_struct('customer_id', id, 'company_name', name, 'specialized_industries', industries) AS csv
            FROM VALUES
              (2, ' c1 ', 'One, and "Only"', 'Polymer;Food;food;Oil & Gas; Polymer ;;Polymer'),
              (3, 'c2', ' ', ''),
              (4, 'c3', NULL, NULL) AS rows (line, id, name, industries)""";

    @Test
    void industriesOfTheListAreTakenOnceAndTheOthersAreKeptWithTheirCustomer() {
        Dataset<Row> rows = CustomerRows.of(TestLakehouse.session().sql(ROWS));

        assertThat(texts(rows.selectExpr("customer_id", "company_name", "array_join(specialized_industries, ';')")))
                .containsExactly("c1|One, and \"Only\"|Food;Polymer", "c2|null|", "c3|null|");
        assertThat(texts(CustomerRows.industries(rows))).containsExactly("c1|Food", "c1|Polymer");
        assertThat(texts(CustomerRows.unknownIndustries(rows)
                        .selectExpr(Quality.REASONS + "[0]", "_line", "customer_id", "industry")))
                .containsExactlyInAnyOrder(
                        "not an industry of the list|2|c1|food", "not an industry of the list|2|c1|Oil & Gas");
    }

    /** The way back was taken for known: dbt-labs/dbt-core#1614. */
    @Test
    void onlyABatchWithTheContentOfTheOneDeliveredBeforeItIsARedelivery() {
        Dataset<Row> batches = TestLakehouse.session().sql("""
                SELECT CAST(at AS TIMESTAMP) AS _modified_at, file AS _file, CAST(content AS DECIMAL(38,0)) AS content
                FROM VALUES ('2026-01-06', 'f', 1), ('2026-01-01', 'a', 1), ('2026-01-02', 'b', 2), ('2026-01-03', 'c', 1),
                  ('2026-01-04', 'd', 2), ('2026-01-04', 'e', 2), ('2026-01-05', 'z', 1) AS batches (at, file, content)""");

        assertThat(texts(CustomerLoad.redeliveries(batches).select("_file", "redelivery")))
                .containsExactly("a|false", "b|false", "c|false", "d|false", "e|true", "z|false", "f|true");
    }

    private static List<String> texts(Dataset<Row> rows) {
        return rows.collectAsList().stream().map(row -> row.mkString("|")).toList();
    }
}
