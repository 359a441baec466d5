package dev.lakehouse.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.resources.DashboardFile.Dataset;
import dev.lakehouse.resources.DashboardFile.Widget;
import dev.lakehouse.table.TableName;
import dev.lakehouse.task.ApplySchemas;
import dev.lakehouse.testing.TestLakehouse;
import dev.lakehouse.votes.OutlierWeeks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every query of the dashboard on the products' own tables: what its widgets draw of it, and its numbers. */
class DashboardTest {
    private static final DashboardFile DASHBOARD = DashboardFile.read();
    private static final Path SCHEMAS = Path.of(System.getProperty("lakehouse.root"), "schemas");
    private static final Pattern READ = Pattern.compile("\\b(?:FROM|JOIN)\\s+(\\w+\\.\\w+)");
    private static final long DAY = 24 * 60;

    private static OwnLedger ledger;

    @BeforeAll
    static void tables() {
        TestLakehouse lakehouse = TestLakehouse.fresh();
        lakehouse.task(
                ApplySchemas::main,
                List.of("--tables=members.members,blog_analysis.votes,orders.industry_change,"
                        + "spending.age_group_spending"));
        lakehouse.task(OutlierWeeks::main, List.of());
        ledger = OwnLedger.in(lakehouse)
                .add("LoadMembers", "members.members", "succeeded", 30, counts(1000, 20, 5))
                .add("LoadMembers", "members.members", "succeeded", 3 * DAY, counts(900, 900, 1))
                .add("ReconcileTable", "members.members", "differs", 20, Map.of("rows_read", "2000"))
                .add(
                        "ExtractTable",
                        "members",
                        "succeeded",
                        45,
                        Map.of("rows_written", "7", "bytes_written", "2500000"))
                .add("LoadInvoices", null, "failed", 10, Map.of("message", "'There is no document.'"))
                .add("LoadInvoices", "invoices.fact_invoice", "failed", 31 * DAY)
                .add("LoadInvoices", "invoices.fact_invoice", "succeeded", 100 * DAY, counts(5, 5, 0));
        SparkSession session = TestLakehouse.session();
        // Nine countries of ten to two members, and one member without a country.
        session.sql("INSERT INTO members.members SELECT uuid(), 'Ada', 'Lovelace', 'a@b.example', NULL, NULL, NULL,"
                + " concat('C', country), DATE'2024-02-20', 0, 1, now()"
                + " FROM range(1, 10) AS c (country) JOIN range(11) AS m (n) ON m.n < 11 - c.country");
        session.sql("INSERT INTO members.members VALUES ('x', 'Ada', 'Lovelace', 'a@b.example', NULL, NULL, NULL, NULL,"
                + " DATE'2024-03-31', 0, 1, now())");
        session.sql(
                "INSERT INTO blog_analysis.votes (id, post_id, vote_type_id, creation_date, _file, _line, _loaded_at)"
                        + " SELECT id, 1, 2, IF(id < 10, TIMESTAMP_NTZ'2022-01-03', TIMESTAMP_NTZ'2022-12-30'), 'f', id, now()"
                        + " FROM range(30)");
        session.sql("INSERT INTO orders.industry_change VALUES"
                + " (TIMESTAMP'2026-03-29 11:00:00Z', 'Food', 1, 1, 0, 0, 1, 'unchanged', now()),"
                + " (TIMESTAMP'2026-03-29 12:00:00Z', 'Polymer', 15, 10, 5, 0.5, 1, 'changed', now()),"
                + " (TIMESTAMP'2026-03-29 12:00:00Z', 'Food', 3, 0, 3, NULL, 2, 'new', now())");
        session.sql("INSERT INTO spending.age_group_spending VALUES ('Young', 12.50, now()), ('Senior', 7, now())");
        ledger.with(
                "members.members",
                "blog_analysis.outlier_weeks",
                "orders.industry_change",
                "spending.age_group_spending");
    }

    private static Map<String, String> counts(int read, int written, int quarantined) {
        return Map.of("rows_read", "" + read, "rows_written", "" + written, "rows_quarantined", "" + quarantined);
    }

    static Stream<Widget> pictures() {
        return DASHBOARD.pictures();
    }

    static Stream<Dataset> datasets() {
        return DASHBOARD.datasets().stream();
    }

    /** As a dashboard does: the widget's expressions over the dataset's query. */
    @ParameterizedTest
    @MethodSource("pictures")
    void aWidgetDrawsColumnsThatItsQueryReturns(Widget widget) {
        String fields = widget.query().fields().stream()
                .map(field -> field.expression() + " AS `" + field.name() + "`")
                .collect(Collectors.joining(", "));
        String query = DASHBOARD.dataset(widget.query().datasetName()).query();

        List<Row> rows = ledger.run("SELECT " + fields + " FROM (" + query + ")"
                        + (widget.query().disaggregated() ? "" : " GROUP BY ALL"))
                .collectAsList();

        assertThat(rows).isNotEmpty();
        StructType drawn = rows.get(0).schema();
        widget.spec().encoded().forEach((field, encoding) -> assertThat(
                        drawn.apply(field).dataType())
                .as("%s of %s", field, widget)
                .matches(type -> canBeDrawn(type, widget, encoding)));
    }

    private static boolean canBeDrawn(DataType type, Widget widget, JsonNode encoding) {
        String scale = widget.spec().widgetType().equals("counter")
                ? "quantitative"
                : encoding.at("/scale/type").asText("any");
        return switch (scale) {
            case "quantitative" -> type instanceof NumericType;
            case "temporal" -> type instanceof DateType || type instanceof TimestampType;
            case "categorical" -> type instanceof StringType;
            default -> true;
        };
    }

    /** A viewer's own rights hold: what readers may not query would be an error in the place of a picture. */
    @ParameterizedTest
    @MethodSource("datasets")
    void readersMayQueryWhatIsReadAndNoColumnOfItIsMasked(Dataset dataset) throws IOException {
        List<String> tables = READ.matcher(dataset.query())
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(tables).isNotEmpty();
        for (String name : tables) {
            String sql = governance(TableName.parse(name));
            assertThat(sql).containsPattern("GRANT SELECT ON (TABLE|VIEW) " + name + " TO `\\$\\{reader_group}`");
            Pattern.compile("ALTER COLUMN (\\w+) SET MASK")
                    .matcher(sql)
                    .results()
                    .forEach(mask -> assertThat(dataset.query()).doesNotContainPattern("\\b" + mask.group(1) + "\\b"));
        }
    }

    private static String governance(TableName name) throws IOException {
        Path schema = SCHEMAS.resolve(name.schema());
        Path view = schema.resolve("views/" + name.table() + ".sql");
        return Files.readString(Files.exists(view) ? view : schema.resolve(name.table() + ".unity.sql"));
    }

    @Test
    void theLastDayCountsItsRunsOnly() {
        assertThat(rows("last_day")).containsExactly("4|1|27|5");
    }

    @Test
    void runsAreCountedByDayAndOutcome() {
        assertThat(rows("runs").stream().map(row -> row.replaceFirst("^[^|]*\\|", "")))
                .contains("failed|1", "differs|1")
                .allMatch(row -> row.matches("(failed|differs|succeeded)\\|[12]"))
                .hasSizeBetween(5, 7); // today's may have begun yesterday
    }

    @Test
    void failuresAreThoseOfAMonthTheNewestFirst() {
        assertThat(columns("failures", "task", "message")).containsExactly("LoadInvoices|There is no document.");
    }

    @Test
    void volumeIsOfTasksThatWrite() {
        assertThat(columns("volume", "table_name", "rows_written", "megabytes_written"))
                .contains("members.members|900|null", "members.members|20|null", "members|7|2.5")
                .hasSize(3);
    }

    @Test
    void quarantineHasItsShare() {
        assertThat(columns("quarantine", "table_name", "rows_quarantined", "percent"))
                .containsExactly("members.members|1|0.111", "members.members|5|0.5");
    }

    @Test
    void comparisonsAreShownWithTheirOutcome() {
        assertThat(columns("reconciliation", "table_name", "outcome", "rows_read"))
                .containsExactly("members.members|differs|2000");
    }

    @Test
    void aTableIsAsFreshAsItsLastLoad() {
        assertThat(columns("freshness", "table_name", "hours"))
                .containsExactly("invoices.fact_invoice|2400.0", "members.members|0.5");
    }

    @Test
    void smallCountriesAreShownTogetherAndAMonthBeginsWithItsFirstDay() {
        assertThat(rows("members"))
                .hasSize(10)
                .contains("2024-02-01|C1|10", "2024-02-01|C8|3", "2024-02-01|other|2", "2024-03-01|other|1");
    }

    @Test
    void outlierWeeksAreNamedByYearAndWeek() {
        assertThat(rows("outlier_weeks")).containsExactly("2022-01|10", "2022-52|20");
    }

    @Test
    void industriesAreThoseOfTheNewestRanking() {
        assertThat(columns("industries", "rank", "industry", "relative_change", "status"))
                .containsExactly("1|Polymer|0.5000000000|changed", "2|Food|null|new");
    }

    @Test
    void spendingIsByAgeGroup() {
        assertThat(rows("spending")).containsExactly("Senior|7.00", "Young|12.50");
    }

    private static List<String> rows(String dataset) {
        return texts(ledger.run(DASHBOARD.dataset(dataset).query()).collectAsList());
    }

    private static List<String> columns(String dataset, String... names) {
        return texts(
                ledger.run(DASHBOARD.dataset(dataset).query()).selectExpr(names).collectAsList());
    }

    private static List<String> texts(List<Row> rows) {
        return rows.stream().map(row -> row.mkString("|")).toList();
    }
}
