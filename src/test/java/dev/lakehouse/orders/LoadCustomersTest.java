package dev.lakehouse.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.testing.TestLakehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadCustomersTest {
    private static final String HEADER = "customer_id,company_name,specialized_industries\n";

    @TempDir
    Path folder;

    /** Here, which is quicker than on S3. */
    @TempDir
    Path scratch;

    private final TestLakehouse lakehouse = TestLakehouse.fresh();

    @Test
    void ofEachCustomerTheRowDeliveredLastHolds() {
        batch("2.csv", 1, "c1,One,Food\nc2,Two,Polymer;Food\nc1,One again,Oil&Gas\nc2,Two,Polymer;Food\n");
        batch("1.csv", 2, "c3,Three,\nc2,Two Ltd,Cleaning\n");
        String output = load();

        assertThat(customers()).containsExactly("c1|One again|Oil&Gas", "c2|Two Ltd|Cleaning", "c3|Three|");
        assertThat(industries()).containsExactly("c1|Oil&Gas", "c2|Cleaning");
        assertThat(output)
                .contains("6 rows")
                .contains("3 inserted, 0 updated")
                .contains("3 rows of customers of which a later");

        batch("3.csv", 3, "c3,Three,Food; Polymer\nc4,Four,Food\n");
        load();

        assertThat(customers())
                .containsExactly(
                        "c1|One again|Oil&Gas", "c2|Two Ltd|Cleaning", "c3|Three|Food;Polymer", "c4|Four|Food");
        assertThat(lakehouse.ledger(
                        "rows_read, rows_inserted, rows_updated, rows_deduplicated", "task = 'LoadCustomers'"))
                .containsExactly("6|3|0|3", "2|1|1|0");
    }

    @Test
    void theNewestBatchDeliveredAgainChangesNothingWhateverItsName() {
        batch("1.csv", 1, "c1,One,Food\nc2,Two,Plastics\n");
        batch("2.csv", 2, "c1,One,Polymer\n");
        load();
        List<Long> before = versions();

        load();
        assertThat(versions()).isEqualTo(before);

        batch("2 (copy).csv", 3, "c1,One,Polymer\n");
        String output = load();

        assertThat(customers()).containsExactly("c1|One|Polymer", "c2|Two|");
        assertThat(quarantine()).containsExactly("not an industry of the list|1.csv|3|c2|Plastics");
        assertThat(output).contains("1 file with the content of the one before it");
        assertThat(lakehouse.query("SELECT count(*), count_if(redelivery) FROM orders.customer_batches"))
                .containsExactly("3|1");
    }

    /** The way back was taken for known: dbt-labs/dbt-core#1614. */
    @Test
    void aBatchThatGoesBackToAnOlderContentTakesTheChangeBack() {
        batch("1.csv", 1, "c1,One,Food\n");
        batch("2.csv", 2, "c1,One,Polymer\n");
        batch("3.csv", 3, "c1,One,Food\n");
        load();

        assertThat(customers()).containsExactly("c1|One|Food");

        batch("4.csv", 4, "c1,One,Polymer\n");
        load();
        assertThat(customers()).containsExactly("c1|One|Polymer");

        batch("5.csv", 5, "c1,One,Food\n");
        batch("6.csv", 6, "c1,One,Food\n");
        String output = load();
        assertThat(customers()).containsExactly("c1|One|Food");
        assertThat(output).contains("1 file with the content of the one before it");

        // It comes late, and was delivered between two that are loaded.
        batch("late.csv", 1, "c1,One,Cleaning\n");
        load();
        assertThat(customers()).containsExactly("c1|One|Food");
    }

    @Test
    void anIndustryOutsideTheListIsInQuarantineAndItsCustomerStays() {
        batch("1.csv", 1, "c1,One,Food;food;Oil & Gas; Polymer ;;Polymer\n");
        load();

        assertThat(customers()).containsExactly("c1|One|Food;Polymer");
        assertThat(quarantine())
                .containsExactlyInAnyOrder(
                        "not an industry of the list|1.csv|2|c1|food",
                        "not an industry of the list|1.csv|2|c1|Oil & Gas");
    }

    @Test
    void badRowsAreInQuarantineAndGoodOnesAreNotLost() {
        batch("1.csv", 1, "c1,\"One, and \"\"Only\"\"\",Food\nc2,Two\n,Nobody,Food\nc3,Three,Food,more\n\nc4,,\n");
        String output = load();

        assertThat(customers()).containsExactly("c1|One, and \"Only\"|Food", "c4|null|");
        assertThat(quarantine())
                .containsExactly(
                        "does not have 3 columns|1.csv|3|null|null",
                        "customer_id is missing|1.csv|4|null|null",
                        "does not have 3 columns|1.csv|5|null|null");
        assertThat(output).contains("3 lines, and 0 industry values");
        assertThat(lakehouse.query("SELECT line_count, customer_count, quarantined_count FROM orders.customer_batches"))
                .containsExactly("5|2|3");
    }

    @Test
    void theOtherSpellingOfTheHeaderIsTakenAndAnotherHeaderRefused() {
        write("1.csv", 1, "customer_id,company_name,specialised_industries\nc1,One,Food\n");
        load();
        assertThat(customers()).containsExactly("c1|One|Food");

        write("2.csv", 2, "id,name\nc1,One\n");
        batch("3.csv", 3, "c2,Two,Food\n");
        assertThatThrownBy(this::load)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("A file cannot be loaded: ")
                .hasMessageContaining("2.csv is not that of customers")
                .hasMessageContaining("The other batches are loaded.");
        assertThat(customers()).containsExactly("c1|One|Food", "c2|Two|Food");
        assertThat(lakehouse.query("SELECT count(*) FROM orders.customer_batches"))
                .containsExactly("2");
    }

    @Tag("heavy")
    @ParameterizedTest
    @ValueSource(strings = {"LoadCustomers.customers", "LoadCustomers.customer_industries"})
    void aStopBetweenAnyTwoStepsIsCompletedByTheNextRun(String step) {
        batch("1.csv", 1, "c1,One,Food\nc2,Two,Polymer\n");
        load();
        batch("2.csv", 2, "c1,One,Cleaning;Dirt\nc3,Three\n");
        FailPoint.once(step, () -> {
            throw new IllegalStateException("stopped");
        });
        assertThatThrownBy(this::load).hasStackTraceContaining("stopped");

        load();

        assertThat(customers()).containsExactly("c1|One|Cleaning", "c2|Two|Polymer");
        assertThat(industries()).containsExactly("c1|Cleaning", "c2|Polymer");
        assertThat(quarantine())
                .containsExactly(
                        "not an industry of the list|2.csv|2|c1|Dirt", "does not have 3 columns|2.csv|3|null|null");
        assertThat(lakehouse.query("SELECT count(*) FROM orders.customer_batches"))
                .containsExactly("2");
    }

    @Test
    void theListOfIndustriesIsTheSameEverywhere() throws IOException {
        Path schema = Path.of(System.getProperty("lakehouse.root"), "schemas/orders");
        for (String file : List.of("customer_industries.sql", "queries/industry_change.sql")) {
            assertThat(Files.readString(schema.resolve(file)).replaceAll("\\s+", " "))
                    .contains("('" + String.join("', '", Industries.ALL) + "')");
        }
    }

    /** A batch that is delivered that many seconds after others. */
    private void batch(String name, int second, String rows) {
        write(name, second, HEADER + rows);
    }

    private void write(String name, int second, String content) {
        try {
            Path file = Files.writeString(folder.resolve(name), content);
            Files.setLastModifiedTime(
                    file, FileTime.from(Instant.parse("2026-01-31T06:00:00Z").plusSeconds(second)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String load() {
        return lakehouse.task(LoadCustomers::main, List.of("--input=" + folder, "--scratch=" + scratch));
    }

    private List<String> customers() {
        return lakehouse.query("SELECT customer_id, company_name, array_join(specialized_industries, ';') FROM"
                + " orders.customers ORDER BY customer_id");
    }

    private List<String> industries() {
        return lakehouse.query("SELECT customer_id, industry FROM orders.customer_industries ORDER BY 1, 2");
    }

    private List<String> quarantine() {
        return lakehouse.query(
                "SELECT _reasons[0], regexp_extract(_file, '[^/]*$', 0), _line, customer_id, industry FROM"
                        + " orders.orders_quarantine ORDER BY _file, _line, industry");
    }

    private List<Long> versions() {
        return List.of("customers", "customer_industries", "customer_batches", "orders_quarantine").stream()
                .map(table -> lakehouse.version("orders." + table))
                .toList();
    }
}
