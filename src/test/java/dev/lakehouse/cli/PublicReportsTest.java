package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.cli.Launcher.Ended;
import dev.lakehouse.invoices.DrawnInvoice;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.testing.TestServers;
import dev.lakehouse.testing.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults that people reported of other tools that do this job. Each test names the report that it was made after, and
 * works by the command line, as the people did.
 */
@Tag("heavy")
final class PublicReportsTest {
    private static final MySqlServer MYSQL = TestServers.freshDatabase();

    @TempDir
    static Path directory;

    private static TableProject project;
    private static Launcher lakehouse;

    @BeforeAll
    static void home() throws Exception {
        project = TableProject.in(directory.resolve("project"));
        lakehouse = Launcher.ofProject(project.root());
    }

    /** PostHog/posthog#59384 and #78201, delta-io/delta#2622, risingwavelabs/risingwave#26445. */
    @Test
    void aWidenedKeyAndAWidenedAmountAreFollowed() throws Exception {
        table(
                "widened",
                "CREATE TABLE widened (id INT PRIMARY KEY, amount DECIMAL(8,2), note VARCHAR(20))",
                "INSERT INTO widened VALUES (1, 10.00, 'a'), (2, 20.00, 'b')");
        succeeds("run", "widened");

        mysql(
                "ALTER TABLE widened MODIFY id BIGINT NOT NULL, MODIFY amount DECIMAL(10,2)",
                "INSERT INTO widened VALUES (3000000000, 99999999.99, 'c')");

        assertThat(succeeds("run", "widened"))
                .contains("1 inserted, 0 updated, 0 deleted")
                .contains("source = extract = Delta");
        assertThat(query("SELECT id, amount FROM shop.widened ORDER BY id"))
                .containsExactly("id,amount", "1,10.00", "2,20.00", "3000000000,99999999.99");
    }

    /** delta-io/delta#1064 and #589, delta-io/delta-docs#36. */
    @Test
    void aDroppedColumnGoesByTheStatementsOfTheMessage() throws Exception {
        table(
                "dropped",
                "CREATE TABLE dropped (id INT PRIMARY KEY, name VARCHAR(20), fax VARCHAR(20))",
                "INSERT INTO dropped VALUES (1, 'a', '1'), (2, 'b', '2')");
        succeeds("run", "dropped");

        mysql("ALTER TABLE dropped DROP COLUMN fax");

        String refused = fails("run", "dropped");
        assertThat(refused).contains("Column `fax` is missing in the source.");
        succeeds("sql", statements(refused));
        assertThat(succeeds("run", "dropped"))
                .contains("0 inserted, 0 updated, 0 deleted")
                .contains("source = extract = Delta");
    }

    /** dlt-hub/dlt#1564, Middlecon/DBImport#21. */
    @Test
    void aDroppedColumnWhoseNameBeginsWithAnUnderscoreIsNamed() throws Exception {
        table(
                "noted",
                "CREATE TABLE noted (id INT PRIMARY KEY, _note VARCHAR(20))",
                "INSERT INTO noted VALUES (1, 'secret 1')");
        succeeds("run", "noted");

        mysql("ALTER TABLE noted DROP COLUMN _note", "INSERT INTO noted VALUES (3)");

        assertThat(fails("run", "noted")).contains("Column `_note` is missing in the source.");
    }

    /** SQLMesh/sqlmesh#2026, delta-io/delta#2592. */
    @Test
    void aNewColumnWithAnOddNameIsAdded() throws Exception {
        table("priced", "CREATE TABLE priced (id INT PRIMARY KEY)", "INSERT INTO priced VALUES (1), (2)");
        succeeds("run", "priced");

        mysql(
                "ALTER TABLE priced ADD COLUMN `unit price (HKD)` DECIMAL(10,2) NULL",
                "UPDATE priced SET `unit price (HKD)` = 9.99");

        assertThat(succeeds("run", "priced"))
                .contains("new column unit price (HKD)")
                .contains("0 inserted, 2 updated, 0 deleted")
                .contains("source = extract = Delta");
    }

    /** block/spirit#917, estuary/connectors#2421, debezium DBZ-5589. */
    @Test
    void aColumnThatOnlyChangedItsCaseKeepsGettingItsValues() throws Exception {
        table(
                "coloured",
                "CREATE TABLE coloured (id INT PRIMARY KEY, Colour VARCHAR(10))",
                "INSERT INTO coloured VALUES (1, 'red'), (2, 'red')");
        succeeds("run", "coloured");

        mysql(
                "ALTER TABLE coloured CHANGE Colour colour VARCHAR(10)",
                "UPDATE coloured SET colour = 'blue' WHERE id = 1",
                "INSERT INTO coloured VALUES (3, 'green')");

        succeeds("run", "coloured", "--set", "schema_policy=discard");
        assertThat(query("SELECT id, colour FROM shop.coloured ORDER BY id"))
                .containsExactly("id,colour", "1,blue", "2,red", "3,green");
    }

    /** edkreuk/FMD_FRAMEWORK#252. */
    @Test
    void aColumnThatMovedChangesNoRow() throws Exception {
        table(
                "moved",
                "CREATE TABLE moved (id INT PRIMARY KEY, a VARCHAR(20), b VARCHAR(20))",
                "INSERT INTO moved VALUES (1, 'a1', 'b1'), (2, 'a2', 'b2')");
        succeeds("run", "moved");

        mysql("ALTER TABLE moved MODIFY a VARCHAR(20) AFTER b");

        assertThat(succeeds("run", "moved"))
                .contains("0 inserted, 0 updated, 0 deleted")
                .contains("source = extract = Delta");
    }

    /** apache/spark PR 48338 (SPARK-49866), eBay/griffin#41. */
    @Test
    void aPartitionOfAnotherTableIsRefusedByTheCheckAtOnce() throws Exception {
        mysql("CREATE TABLE copied (id INT PRIMARY KEY, created DATE)");
        project.add("copied", "copied", "registration_year=year(registration_date)");

        String refused = fails("run", "copied_extract");

        assertThat(refused)
                .contains("check_source")
                .contains("registration_date")
                .containsPattern("check_source +failed +1 ")
                .doesNotContain("'Project", "AnalysisException", "UNRESOLVED");
    }

    /** crate/crate#15161, mozilla/bigquery-etl#10, dlt-hub/dlt#1564. */
    @Test
    void columnsCalledLikeTheLakehousesOwnAreRefusedByTheCheck() throws Exception {
        table(
                "collided",
                "CREATE TABLE collided (id INT PRIMARY KEY, _range INT, _loaded_at DATETIME, _Operation INT)");

        assertThat(fails("run", "collided_extract"))
                .contains("whose names are reserved: _range, _loaded_at, _Operation.");
    }

    /** ClickHouse/ClickHouse#18840, airbytehq/airbyte#4400, elastic/connectors#1761, pingcap/tispark#71. */
    @Test
    void columnsOfTypesThatOthersRefuseAreCopiedOrLeftOut() throws Exception {
        table(
                "articles",
                "CREATE TABLE articles (id INT PRIMARY KEY, name VARCHAR(50), state ENUM('draft', 'live'), weight DOUBLE,"
                        + " is_new BIT(1), uuid BINARY(16))",
                "INSERT INTO articles VALUES (1, 'hat', 'live', 0.1, b'1', 'x')");

        assertThat(succeeds("run", "articles", "--set", "without=name"))
                .contains("1 inserted, 0 updated, 0 deleted")
                .contains("source = extract = Delta");
        assertThat(query("SELECT id, state, weight, is_new, hex(uuid) AS uuid FROM shop.articles"))
                .containsExactly("id,state,weight,is_new,uuid", "1,live,0.1,true,78" + "00".repeat(15));
    }

    /** airbytehq/airbyte#3931, #16159, #16574 and #81630, MySQL bug 94872. */
    @Test
    void dateThatIsOnNoCalendarIsNamedWithItsColumnAndKey() throws Exception {
        table(
                "dated",
                "CREATE TABLE dated (id INT PRIMARY KEY, good DATE, d DATETIME)",
                "INSERT INTO dated VALUES (1, '0007-01-05', '0000-11-30 00:00:00'), (7, NULL, '2024-00-15 00:00:00')");

        assertThat(fails("run", "dated"))
                .containsPattern("check_source +failed +1 ")
                .contains(
                        "'dated' contains a date or time that does not exist: column `d`.", "One such row has id = 7.");
        assertThat(succeeds("run", "dated_extract", "--set", "invalid_dates=null"))
                .contains("1 date not in the calendar, such as 0000-00-00");
        mysql("UPDATE dated SET d = NULL WHERE id = 7");
        assertThat(succeeds("run", "dated")).contains("2 inserted").contains("source = extract = Delta");
    }

    /** calpaterson/csvbase#11, pandas-dev/pandas#20717 and #28335. */
    @Test
    void agesThatPandasWroteAsFloatsAreAges() throws Exception {
        Path customers = lines(
                "floats/customers.csv",
                "customer_id,first_name,last_name,email,age",
                "1,Ann,Ray,ann@example.com,29.0",
                "2,Bo,Li,bo@example.com,30.0",
                "3,Cy,Day,cy@example.com,45.0",
                "4,Di,Eve,di@example.com,");
        Path purchases = lines(
                "floats/purchases.csv",
                "customer_id,product,price",
                "1,Mouse,10.99",
                "2,Desk,20.50",
                "3,Lamp,5.00",
                "4,Pen,1.00");

        spending(customers, purchases);

        assertThat(query("SELECT age_group, total_spending FROM spending.age_group_spending ORDER BY total_spending"))
                .containsExactly(
                        "age_group,total_spending", "Unknown,1.00", "Senior,5.00", "Young,10.99", "Middle-aged,20.50");
    }

    /** ClickHouse/ClickHouse#10624, databricks/spark-csv#390, apache/spark PR 38446 (SPARK-40982). */
    @Test
    void quotesEscapedByABackslashAreNeverStoredGarbled() throws Exception {
        Path customers = lines(
                "quotes/customers.csv", "customer_id,first_name,last_name,email,age", "1,Ann,Ray,ann@example.com,29");
        Path purchases = lines(
                "quotes/purchases.csv",
                "customer_id,product,price",
                "1,\"Monitor 27\\\" wide\",199.99",
                "1,\"Monitor 27\\\", wide\",150.00",
                "1,\"a\"b,2.00",
                "1,\"Monitor 27\"\"\",120.00");

        spending(customers, purchases);

        assertThat(query("SELECT price FROM spending.combined_data WHERE product = 'Monitor 27\"'"))
                .containsExactly("price", "120.00");
        assertThat(query("SELECT count(*) FROM spending.combined_data")).last().isEqualTo("1");
        assertThat(query("SELECT _line FROM spending.spending_quarantine WHERE _file LIKE '%quotes%' ORDER BY _line"))
                .containsExactly("_line", "2", "3", "4");
    }

    /** pandas-dev/pandas#57224, huggingface/datasets#8365, NVIDIA/cudf-spark#10460. */
    @Test
    void userNumbersThatPandasWroteAsFloatsAreNumbers() throws Exception {
        succeeds(
                "run",
                "votes",
                "--input",
                lines(
                                "votes-floats.jsonl",
                                "{\"Id\":1,\"PostId\":10,\"VoteTypeId\":5,\"CreationDate\":\"2024-03-04\",\"UserId\":8.0}",
                                "{\"Id\":2,\"PostId\":10,\"VoteTypeId\":2,\"CreationDate\":\"2024-03-04\",\"UserId\":null}",
                                "{\"Id\":3,\"PostId\":11,\"VoteTypeId\":5,\"CreationDate\":\"2024-03-05\",\"UserId\":9.0}")
                        .toString());

        assertThat(query("SELECT id, user_id FROM blog_analysis.votes WHERE id < 100 ORDER BY id"))
                .containsExactly("id,user_id", "1,8", "2,", "3,9");
    }

    /** NVIDIA/cudf-spark#11361, apache/spark PR 47920. */
    @Test
    void aVoteWithANameTwiceIsQuarantined() throws Exception {
        succeeds(
                "run",
                "votes",
                "--input",
                lines(
                                "votes-twice.jsonl",
                                "{\"Id\":101,\"PostId\":10,\"VoteTypeId\":2,\"CreationDate\":\"2024-03-04\",\"Id\":102}",
                                "{\"Id\":103,\"VoteTypeId\":2,\"PostId\":10,\"CreationDate\":\"2024-03-04\",\"VoteTypeId\":3}",
                                "{\"Id\":104,\"PostId\":10,\"VoteTypeId\":2,\"CreationDate\":\"2024-03-04\"}")
                        .toString());

        assertThat(query("SELECT id FROM blog_analysis.votes WHERE id > 100")).containsExactly("id", "104");
        assertThat(query("SELECT count(*) FROM blog_analysis.votes_quarantine WHERE _file LIKE '%votes-twice%'"))
                .last()
                .isEqualTo("2");
    }

    /** apache/spark PR 23124 (SPARK-25829), NVIDIA/cudf-spark#5325. */
    @Test
    void anOrderWithANameTwiceIsQuarantined() throws Exception {
        String order = "{\"order_id\":\"%s\",\"customer_id\":\"c1\",\"amount\":7.00,"
                + "\"timestamp\":\"2026-01-31T06:00:00Z\",\"order_lines\":[{\"product_id\":\"p1\",\"volume\":2,"
                + "\"price\":3.5}]%s}";
        String topic = TestServers.freshTopic(1);
        Topics.of(TestServers.kafka())
                .send(
                        topic,
                        order.formatted("11111111-1111-1111-1111-111111111111", ",\"amount\":700.00"),
                        order.formatted("22222222-2222-2222-2222-222222222222", ""));

        succeeds(
                "--kafka",
                TestServers.kafka().servers(),
                "run",
                "orders",
                "--only",
                "apply_schemas,stream",
                "--set",
                "topic=" + topic);

        assertThat(query("SELECT order_id, amount FROM orders.orders"))
                .containsExactly("order_id,amount", "22222222-2222-2222-2222-222222222222,7.0000");
        assertThat(query("SELECT _offset, _reasons FROM orders.orders_quarantine"))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("0,")
                .contains("amount");
    }

    /** dataform-co/dataform-scd#13, dbt-labs/dbt-core#11655 and #1614. */
    @Test
    void aCustomerThatGoesBackToAnEarlierStateIsThatCustomerAgain() throws Exception {
        String heading = "customer_id,company_name,specialized_industries";
        day(lines("days/day1.csv", heading, "c1,One Ltd,Food"), "2026-01-01T06:00:00Z");
        day(lines("days/day2.csv", heading, "c1,One Ltd,Polymer"), "2026-01-02T06:00:00Z");
        day(lines("days/day3.csv", heading, "c1,One Ltd,Food"), "2026-01-03T06:00:00Z");

        succeeds(
                "run",
                "orders",
                "--only",
                "apply_schemas,customers",
                "--input",
                "customers=" + directory.resolve("days"));

        assertThat(query("SELECT customer_id, specialized_industries FROM orders.customers"))
                .last()
                .asString()
                .contains("c1", "Food");
    }

    @Test
    void aFileThatIsAnArrayIsRefusedAndTheOthersAreLoaded() throws Exception {
        lines("mixed/array.jsonl", "[{\"Id\":301,\"PostId\":1,\"VoteTypeId\":2,\"CreationDate\":\"2024-03-04\"}]");
        lines("mixed/lines.jsonl", "{\"Id\":302,\"PostId\":1,\"VoteTypeId\":2,\"CreationDate\":\"2024-03-04\"}");

        String refused =
                fails("run", "votes", "--input", directory.resolve("mixed").toString());

        assertThat(refused).contains("A file cannot be loaded: ", "array.jsonl", "It is a JSON array");
        assertThat(query("SELECT id FROM blog_analysis.votes WHERE id > 300")).containsExactly("id", "302");
    }

    /**
     * invoice-x/invoice2data#650 (what pages carry), openvenues/libpostal#671 and mapbox/carmen#966 (unit numbers),
     * restrictcontentpro/restrict-content-pro#1150 and artkonekt/pdf-invoice#40 (discounts).
     */
    @Test
    void invoicesOverPagesWithUnitNumbersAndNegativeDiscountsAreRead() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("invoices"));
        Files.write(
                folder.resolve("pages.pdf"),
                DrawnInvoice.numbered("SG-1")
                        .billedTo("Mei Tan", "#05-12 Orchard Towers", "Singapore 238875")
                        .filled("HAT NUMBER")
                        .nextPage(60)
                        .row("COAT", "1", "HK$95.00", "HK$95.00")
                        .unpaid("HK$120.00")
                        .onEveryPage(290, 765, "Page %d")
                        .draw());
        Files.write(
                folder.resolve("minus.pdf"),
                DrawnInvoice.numbered("SG-2")
                        .row("COAT", "1", "HK$1,200.00", "HK$1,200.00")
                        .totals(
                                "Subtotal:", "HK$1,200.00",
                                "Discount:", "-HK$120.00",
                                "Total:", "HK$1,080.00",
                                "Balance Due:", "HK$1,080.00")
                        .draw());

        succeeds("run", "invoices", "--input", folder.toString());

        assertThat(query("SELECT invoice_number, bill_to_address, line_count, discount_amount, total"
                        + " FROM invoices.fact_invoice ORDER BY 1"))
                .containsExactly(
                        "invoice_number,bill_to_address,line_count,discount_amount,total",
                        "SG-1,#05-12 Orchard Towers,26,0.00,120.00",
                        "SG-2,,1,120.00,1080.00");
        assertThat(
                        query(
                                "SELECT item FROM invoices.fact_invoice_line WHERE line_number IN (25, 26) ORDER BY line_number"))
                .containsExactly("item", "HAT NUMBER 25", "COAT");
    }

    private static void table(String name, String... statements) throws Exception {
        mysql(statements);
        project.add(name, name, "");
    }

    private static void mysql(String... statements) throws SQLException {
        try (Connection connection = MYSQL.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static Path lines(String name, String... lines) throws Exception {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private static void day(Path file, String modified) throws Exception {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse(modified)));
    }

    private static void spending(Path customers, Path purchases) throws Exception {
        succeeds(
                "run",
                "spending",
                "--input",
                "customers=" + customers,
                "--input",
                "purchases=" + purchases,
                "--output",
                directory.resolve("output").toString());
    }

    private static String succeeds(String... command) throws Exception {
        Ended ended = run(command);
        assertThat(ended.status()).as(ended.out() + ended.err()).isZero();
        return ended.out();
    }

    private static String fails(String... command) throws Exception {
        Ended ended = run(command);
        assertThat(ended.status()).as(ended.out() + ended.err()).isEqualTo(Lakehouse.FAILED);
        assertThat(ended.out() + ended.err()).doesNotContain("\tat ", "Exception");
        return ended.out() + ended.err();
    }

    /** The statements of a message, as a person copies them. */
    private static String statements(String message) {
        return message.substring(message.indexOf("\nALTER TABLE ") + 1).strip();
    }

    private static List<String> query(String sql) throws Exception {
        return succeeds("sql", "--format", "csv", sql).lines().toList();
    }

    private static Ended run(String... command) throws Exception {
        List<String> all =
                new ArrayList<>(List.of("--home", directory.resolve("home").toString(), "--servers", "embedded"));
        if (!command[0].equals("sql")) {
            all.addAll(List.of(
                    "--mysql",
                    MYSQL.url(),
                    "--mysql-user",
                    MYSQL.user(),
                    "--mysql-password",
                    MYSQL.password().toString()));
        }
        return lakehouse.run(Stream.concat(all.stream(), Arrays.stream(command)).toArray(String[]::new));
    }
}
