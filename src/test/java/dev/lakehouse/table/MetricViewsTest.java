package dev.lakehouse.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.size;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lakehouse.UserError;
import dev.lakehouse.invoices.InvoiceTables;
import dev.lakehouse.sample.invoices.InvoiceGenerator;
import dev.lakehouse.task.ApplySchemas;
import dev.lakehouse.testing.TestLakehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The metric views. Spark has none, so each measure is run as Unity Catalog runs it: as an aggregate over the source, grouped
 * by the expressions of dimensions.
 */
class MetricViewsTest {
    private static final TableName MEMBERS = new TableName("members", "member_metrics");
    private static final TableName INVOICES = new TableName("invoices", "invoice_metrics");
    private static final Map<String, String> VALUES = Map.of("reader_group", "readers");
    private static final Pattern CREATE = Pattern.compile(
            "CREATE OR REPLACE VIEW (\\w+\\.\\w+)\\s+WITH METRICS\\s+LANGUAGE YAML\\s+AS \\$\\$\n(.*)\\$\\$",
            Pattern.DOTALL);
    private static final YAMLMapper YAML = new YAMLMapper();

    static {
        YAML.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    record Definition(
            String version, String comment, String source, List<Expression> dimensions, List<Expression> measures) {
        static Definition of(TableName view) {
            try {
                Matcher create = CREATE.matcher(statements(view).get(0));
                assertThat(create.find()).as("%s", view).isTrue();
                assertThat(create.group(1)).isEqualTo(view.toString());
                return YAML.readValue(create.group(2), Definition.class);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String expression(String name) {
            return Stream.concat(dimensions.stream(), measures.stream())
                    .filter(expression -> expression.name.equals(name))
                    .findFirst()
                    .orElseThrow()
                    .expr;
        }
    }

    record Expression(String name, String expr, String comment) {}

    private static List<String> statements(TableName view) {
        return MetricView.of(view, "spark_catalog", VALUES).orElseThrow().statements();
    }

    static List<TableName> views() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("lakehouse.root"), "schemas"))) {
            return files.filter(file -> file.toString().endsWith(".unity.sql"))
                    .filter(file -> file.getParent().endsWith("views"))
                    .map(file -> new TableName(
                            file.getParent().getParent().getFileName().toString(),
                            file.getFileName().toString().replace(".unity.sql", "")))
                    .toList();
        }
    }

    @Test
    void theViewsOfBothProductsAreFound() throws IOException {
        assertThat(views()).containsExactlyInAnyOrder(MEMBERS, INVOICES);
    }

    @ParameterizedTest
    @MethodSource("views")
    void everyExpressionIsNamedOnceAndExplained(TableName view) {
        Definition definition = Definition.of(view);
        List<Expression> all = Stream.concat(definition.dimensions().stream(), definition.measures().stream())
                .toList();

        assertThat(definition.version()).isEqualTo("1.1");
        assertThat(definition.comment()).isNotBlank();
        assertThat(all)
                .extracting(Expression::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z0-9_]+"));
        assertThat(all).extracting(Expression::comment).allSatisfy(comment -> assertThat(comment)
                .isNotBlank());
    }

    /** Readers may query the view, and it shows what its owner may read: so nothing of it may be a person's. */
    @ParameterizedTest
    @MethodSource("views")
    void noPersonalColumnIsReadAndReadersMayQueryIt(TableName view) {
        Definition definition = Definition.of(view);
        String source = definition.source().replace("`spark_catalog`.", "");
        List<String> governance =
                SqlScript.governance(TableName.parse(source)).orElseThrow().statements();
        Set<String> personal = Pattern.compile("ALTER COLUMN (\\w+) SET (?:MASK|TAGS \\('personal_data')")
                .matcher(String.join("\n", governance))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());

        assertThat(personal).isNotEmpty();
        assertThat(Stream.concat(definition.dimensions().stream(), definition.measures().stream())
                        .flatMap(expression -> Stream.of(expression.expr().split("\\W+"))))
                .doesNotContainAnyElementsOf(personal);
        assertThat(statements(view).subList(1, statements(view).size()))
                .containsExactly("GRANT SELECT ON VIEW " + view + " TO `readers`");
    }

    @Test
    void theCatalogueIsFilledInAndMissingValuesAreRefused() {
        assertThat(MetricView.of(MEMBERS, "dev_ann", VALUES)
                        .orElseThrow()
                        .statements()
                        .get(0))
                .contains("source: \"`dev_ann`.members.members\"")
                .doesNotContain("${");
        assertThatThrownBy(() -> MetricView.of(MEMBERS, "dev_ann", Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("needs a value for 'reader_group'");
    }

    @Test
    void withoutUnityCatalogNoneIsCreatedAndAnUnknownOneIsRefused() {
        TestLakehouse lakehouse = TestLakehouse.fresh();
        List<String> tables = List.of("--tables=members.members");

        String printed = lakehouse.task(ApplySchemas::main, with(tables, "--metric-views=members.member_metrics"));

        assertThat(printed).doesNotContain("member_metrics");
        assertThat(TestLakehouse.session().catalog().tableExists("members.member_metrics"))
                .isFalse();
        assertThatThrownBy(() -> lakehouse.task(ApplySchemas::main, with(tables, "--metric-views=members.metrics")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no metric view members.metrics")
                .hasMessageContaining("schemas/members/views/metrics.unity.sql");
    }

    private static List<String> with(List<String> options, String more) {
        return Stream.concat(options.stream(), Stream.of(more)).toList();
    }

    @Test
    void membersAreCountedByEachOfTheirDimensions() {
        open(new TableName("members", "members"));
        TestLakehouse.session()
                .sql("INSERT INTO members.members SELECT uuid(), 'Ada', 'Lovelace', 'a@b.example', NULL, NULL,"
                        + " IF(id % 3 = 0, NULL, concat('city ', id % 5)), IF(id % 4 = 0, NULL, concat('country ', id % 4)),"
                        + " date_sub(current_date(), CAST(id * 20 AS INT)), 0, 1, now() FROM range(40)");
        List<Row> rows = TestLakehouse.session().table("members.members").collectAsList();
        Definition metrics = Definition.of(MEMBERS);

        assertGroups(metrics, rows, "registration_month", row -> row.getDate(8)
                .toLocalDate()
                .withDayOfMonth(1));
        assertGroups(metrics, rows, "registration_year", row -> row.getDate(8)
                .toLocalDate()
                .getYear());
        Map<String, List<Row>> byCountry = assertGroups(
                metrics, rows, "country_of_residence", row -> row.isNullAt(7) ? "unknown" : row.getString(7));
        assertThat(measured(metrics, "country_of_residence", "members"))
                .isEqualTo(each(byCountry, group -> group.size()));
        assertThat(measured(metrics, "country_of_residence", "cities"))
                .isEqualTo(each(byCountry, group -> group.stream()
                        .filter(row -> !row.isNullAt(6))
                        .map(row -> row.getString(6))
                        .distinct()
                        .count()));
        assertThat(measured(metrics, "country_of_residence", "latest_registration"))
                .isEqualTo(each(byCountry, group -> group.stream()
                        .map(row -> row.getDate(8).toLocalDate())
                        .max(LocalDate::compareTo)
                        .orElseThrow()));
        // Of every twenty days one: today and 20 days ago, the first without a country, the second of country 1.
        assertThat(measured(metrics, "country_of_residence", "registered_in_30_days"))
                .isEqualTo(Map.of("unknown", "1", "country 1", "1", "country 2", "0", "country 3", "0"));
    }

    @Test
    void invoicesAreSummedUpByEachOfTheirDimensions() {
        open(InvoiceTables.INVOICE.name());
        InvoiceGenerator.of(7, 200)
                .invoices(TestLakehouse.session())
                .withColumn("line_count", size(col("lines")))
                .withColumn("_loaded_at", current_timestamp())
                .selectExpr(
                        TestLakehouse.session().table("invoices.fact_invoice").columns())
                .write()
                .insertInto("invoices.fact_invoice");
        List<Row> rows = TestLakehouse.session().table("invoices.fact_invoice").collectAsList();
        Definition metrics = Definition.of(INVOICES);

        assertGroups(metrics, rows, "invoice_year", row -> invoiced(row).getYear());
        assertGroups(metrics, rows, "seller", row -> row.getAs("seller_name"));
        assertGroups(metrics, rows, "billing_currency", row -> row.getAs("currency"));
        assertGroups(
                metrics,
                rows,
                "paid_by",
                row -> row.getAs("payment_method") == null ? "unknown" : row.getAs("payment_method"));
        Map<String, List<Row>> byMonth = assertGroups(
                metrics, rows, "invoice_month", row -> invoiced(row).withDayOfMonth(1));
        assertThat(byMonth).hasSizeGreaterThan(1);
        assertMeasure(metrics, byMonth, "invoices", group -> BigDecimal.valueOf(group.size()));
        assertMeasure(
                metrics,
                byMonth,
                "customers",
                group -> BigDecimal.valueOf(group.stream()
                        .map(row -> row.<String>getAs("member_number"))
                        .distinct()
                        .count()));
        assertMeasure(
                metrics,
                byMonth,
                "lines",
                group -> BigDecimal.valueOf(group.stream()
                        .mapToInt(row -> row.<Integer>getAs("line_count"))
                        .sum()));
        assertMeasure(metrics, byMonth, "turnover", group -> sum(group, "total"));
        assertMeasure(metrics, byMonth, "average_invoice", group -> sum(group, "total")
                .divide(BigDecimal.valueOf(group.size()), 6, RoundingMode.HALF_UP));
        assertMeasure(metrics, byMonth, "discount_share", group -> sum(group, "discount_amount")
                .divide(sum(group, "subtotal"), 6, RoundingMode.HALF_UP));
        assertMeasure(
                metrics,
                byMonth,
                "still_to_pay",
                group -> sum(
                        group.stream()
                                .filter(row ->
                                        row.<BigDecimal>getAs("balance_due").signum() > 0)
                                .toList(),
                        "balance_due"));
    }

    private static void open(TableName table) {
        Tables.at(TestLakehouse.session(), TestLakehouse.fresh().warehouse()).open(table);
    }

    private static LocalDate invoiced(Row row) {
        return row.<Date>getAs("invoice_date").toLocalDate();
    }

    /** That a dimension makes the same groups as computed here; returns these. */
    private static Map<String, List<Row>> assertGroups(
            Definition metrics, List<Row> rows, String dimension, Function<Row, Object> computed) {
        Map<String, List<Row>> groups = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> String.valueOf(computed.apply(row)), TreeMap::new, Collectors.toList()));
        String counted = metrics.measures().get(0).name();
        assertThat(measured(metrics, dimension, counted)).isEqualTo(each(groups, List::size));
        return groups;
    }

    private static Map<String, String> each(Map<String, List<Row>> groups, Function<List<Row>, Object> figure) {
        return groups.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, group -> String.valueOf(figure.apply(group.getValue()))));
    }

    private static void assertMeasure(
            Definition metrics,
            Map<String, List<Row>> groups,
            String measure,
            Function<List<Row>, BigDecimal> computed) {
        Map<String, String> measured = measured(metrics, "invoice_month", measure);
        assertThat(measured).hasSameSizeAs(groups);
        groups.forEach((group, rows) -> {
            String value = measured.get(group);
            BigDecimal expected = computed.apply(rows);
            assertThat(value.equals("null") ? BigDecimal.ZERO : new BigDecimal(value))
                    .as("%s of %s", measure, group)
                    .isCloseTo(expected, offset(new BigDecimal("0.00001")));
        });
    }

    private static BigDecimal sum(List<Row> rows, String column) {
        return rows.stream().map(row -> row.<BigDecimal>getAs(column)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** {@code SELECT dimension, MEASURE(measure) FROM view GROUP BY ALL}. */
    private static Map<String, String> measured(Definition metrics, String dimension, String measure) {
        return TestLakehouse.session()
                .sql("SELECT CAST(" + metrics.expression(dimension) + " AS STRING) AS dimension, CAST("
                        + metrics.expression(measure) + " AS STRING) AS measure FROM " + metrics.source()
                        + " GROUP BY 1")
                .collectAsList()
                .stream()
                .collect(Collectors.toMap(row -> row.getString(0), row -> String.valueOf(row.get(1))));
    }
}
