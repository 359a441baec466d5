package dev.lakehouse.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.table.Tables;
import dev.lakehouse.testing.TestLakehouse;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankIndustriesTest {
    /** A day of one hour less in many zones: all counts are in UTC. */
    private static final String AS_OF = "2026-03-29T12:34:56Z";

    @TempDir
    Path output;

    private final TestLakehouse lakehouse = TestLakehouse.fresh();

    private void customers() {
        Tables tables = Tables.at(TestLakehouse.session(), lakehouse.warehouse());
        tables.open(OrderTables.CUSTOMER_HOURLY.name());
        tables.open(OrderTables.CUSTOMER_INDUSTRIES.name());
        insert(
                "customer_industries",
                "('food', 'Food', now()), ('both', 'Oil&Gas', now()), ('both', 'Polymer', now()),"
                        + " ('cleaning', 'Cleaning', now()), ('colours', 'Colours', now())");
    }

    @Test
    void theLastDayIsComparedWithThirtyDaysBeforeItAndRankedByTheSizeOfTheChange() throws IOException {
        customers();
        hours(
                // Not yet, and not any more.
                "('food', TIMESTAMP'2026-03-29 12:00:00Z', 1000, 1, now())",
                "('food', TIMESTAMP'2026-02-26 11:00:00Z', 2000, 1, now())",
                // The last 24 hours.
                "('food', TIMESTAMP'2026-03-29 11:00:00Z', 60, 1, now())",
                "('food', TIMESTAMP'2026-03-28 12:00:00Z', 40.5, 1, now())",
                // The 30 days before, which are divided by 30 however few of them have orders.
                "('food', TIMESTAMP'2026-03-28 11:00:00Z', 600, 1, now())",
                "('food', TIMESTAMP'2026-02-26 12:00:00Z', 900, 1, now())",
                "('stranger', TIMESTAMP'2026-03-29 11:00:00Z', 5000, 1, now())",
                // In full for each industry of the customer; a tie, and a fall that is more than a smaller rise.
                "('both', TIMESTAMP'2026-03-20 00:00:00Z', 600, 1, now())",
                "('both', TIMESTAMP'2026-03-29 00:00:00Z', 10, 1, now())",
                "('cleaning', TIMESTAMP'2026-03-20 00:00:00Z', 30, 1, now())",
                "('cleaning', TIMESTAMP'2026-03-29 00:00:00Z', 1.4, 1, now())",
                "('colours', TIMESTAMP'2026-03-29 00:00:00Z', 7, 1, now())");

        String printed = rank(AS_OF);

        List<String> ranking = ranking("true");
        assertThat(ranking)
                .containsExactly(
                        "1|Food|100.5000|50.000000|50.500000|1.0100000000|changed",
                        "2|Oil&Gas|10.0000|20.000000|-10.000000|-0.5000000000|changed",
                        "3|Polymer|10.0000|20.000000|-10.000000|-0.5000000000|changed",
                        "4|Cleaning|1.4000|1.000000|0.400000|0.4000000000|changed",
                        "5|Agriculture|0.0000|0.000000|0.000000|0E-10|unchanged",
                        "6|Construction|0.0000|0.000000|0.000000|0E-10|unchanged",
                        "7|Cosmetics|0.0000|0.000000|0.000000|0E-10|unchanged",
                        "8|Lubricants|0.0000|0.000000|0.000000|0E-10|unchanged",
                        "9|Pharmaceuticals|0.0000|0.000000|0.000000|0E-10|unchanged",
                        "10|Colours|7.0000|0.000000|7.000000|null|new");
        assertThat(lakehouse.query(
                        "SELECT DISTINCT as_of = TIMESTAMP'2026-03-29 12:00:00Z' FROM" + " orders.industry_change"))
                .containsExactly("true");
        assertThat(printed).contains("Food (+101.0 %), Oil&Gas (-50.0 %), Polymer (-50.0 %)");
        assertThat(lakehouse.query(file("top_3_changing_industries")).stream().map(row -> row.split("\\|", -1)[1]))
                .containsExactly("Food", "Oil&Gas", "Polymer");
        assertThat(pasted()).as("the query, pasted").isEqualTo(ranking);
        BufferedImage chart = ImageIO.read(output.resolve("industry_change.png").toFile());
        assertThat(List.of(chart.getWidth(), chart.getHeight()))
                .as("the size that reports take")
                .containsExactly(1000, 640);

        assertThatTheTableFollowsWhatIsKnownAndASecondRunWritesNothing();
    }

    private void assertThatTheTableFollowsWhatIsKnownAndASecondRunWritesNothing() {
        long before = lakehouse.version("orders.industry_change");
        rank("2026-03-29T12:00:00Z");
        assertThat(lakehouse.version("orders.industry_change")).isEqualTo(before);

        hours("('food', TIMESTAMP'2026-03-29 00:00:00Z', 20, 1, now())");
        insert("customer_industries", "('stranger', 'Lubricants', now())");
        rank(AS_OF);
        assertThat(ranking("rank <= 2 OR status = 'new'"))
                .containsExactly(
                        "1|Food|120.5000|50.000000|70.500000|1.4100000000|changed",
                        "2|Oil&Gas|10.0000|20.000000|-10.000000|-0.5000000000|changed",
                        "9|Colours|7.0000|0.000000|7.000000|null|new",
                        "10|Lubricants|5000.0000|0.000000|5000.000000|null|new");

        rank("2026-03-30T12:00:00Z");
        assertThat(lakehouse.query("SELECT count(*), count(DISTINCT as_of) FROM orders.industry_change"))
                .containsExactly("20|2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-03-29", "2026-03-29T12:00"})
    void whatIsNoMomentIsNamed(String asOf) {
        assertThatThrownBy(() -> rank(asOf))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("'" + asOf + "' is not a timestamp.");
    }

    private static List<String> pasted() {
        return TestLakehouse.session()
                .sql(file("industry_change"), Map.of("as_of", AS_OF))
                .selectExpr("rank", "industry", "amount_24h", "daily_mean", "change", "relative_change", "status")
                .collectAsList()
                .stream()
                .map(row -> row.mkString("|"))
                .toList();
    }

    private static String file(String query) {
        try {
            return Files.readString(
                            Path.of(System.getProperty("lakehouse.root"), "schemas/orders/queries", query + ".sql"))
                    .replaceFirst(";\\s*$", "");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String rank(String asOf) {
        return lakehouse.task(
                RankIndustries::main,
                List.of(
                        "--as-of=" + asOf,
                        "--output=" + output,
                        "--scratch=" + lakehouse.landing() + "/orders/_scratch"));
    }

    private List<String> ranking(String condition) {
        return lakehouse.query("SELECT rank, industry, amount_24h, daily_mean, change, relative_change, status FROM"
                + " orders.industry_change WHERE as_of = TIMESTAMP'2026-03-29 12:00:00Z' AND (" + condition
                + ") ORDER BY rank");
    }

    private static void hours(String... rows) {
        insert("customer_hourly", String.join(", ", rows));
    }

    private static void insert(String table, String rows) {
        TestLakehouse.session().sql("INSERT INTO orders." + table + " VALUES " + rows);
    }
}
