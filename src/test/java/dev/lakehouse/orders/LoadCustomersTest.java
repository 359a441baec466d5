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

    @Tag("e2e")
    @Test
    void ofEachCustomerTheRowDeliveredLastWinsAndWhatIsNoneIsInQuarantine() throws IOException {
        batch("2.csv", 1, "c1,One,Food\nc2,Two,Polymer;Food\nc1,One again,Oil&Gas\nc2,Two,Polymer;Food\n");
        write("1.csv", 2, """
                customer_id,company_name,specialised_industries
                c3,Three,
                c2,Two Ltd,Cleaning;Plastics
                ,Nobody,Food
                c4,Four
                c5,Five,Food,more
                """);
        String output = load();

        assertThat(customers()).containsExactly("c1|One again|Oil&Gas", "c2|Two Ltd|Cleaning", "c3|Three|");
        assertThat(industries()).containsExactly("c1|Oil&Gas", "c2|Cleaning");
        assertThat(quarantine())
                .containsExactly(
                        "not an industry of the list|1.csv|3|c2|Plastics",
                        "customer_id is missing|1.csv|4|null|null",
                        "does not have 3 columns|1.csv|5|null|null",
                        "does not have 3 columns|1.csv|6|null|null");
        assertThat(output)
                .contains("9 rows")
                .contains("3 inserted, 0 updated")
                .contains("3 rows of customers with a later")
                .contains("3 lines, and 1 industry value");
        assertThat(lakehouse.query("SELECT line_count, customer_count, quarantined_count FROM orders.customer_batches"
                        + " ORDER BY _modified_at"))
                .containsExactly("4|4|0", "5|2|3");

        batch("3.csv", 3, "c3,Three,Food; Polymer\nc4,Four,Food\nc2,Two,Polymer;Plastics\n");
        write("other.csv", 4, "id,name\nc1,One\n");
        assertThatThrownBy(this::load)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("A file cannot be loaded: ")
                .hasMessageContaining("other.csv is not that of customers")
                .hasMessageContaining("The other batches are loaded.");

        assertThatTheThirdBatchWins();
        assertThat(lakehouse.ledger(
                        "rows_read, rows_inserted, rows_updated, rows_deduplicated", "task = 'LoadCustomers'"))
                .containsExactly("9|3|0|3", "3|1|2|0");
        assertThat(lakehouse.query("SELECT count(*) FROM orders.customer_batches"))
                .containsExactly("3");

        assertThatOlderAndRepeatedBatchesChangeNothing();
    }

    /** It takes customer c2 back to an older content. */
    private void assertThatTheThirdBatchWins() {
        assertThat(customers())
                .containsExactly("c1|One again|Oil&Gas", "c2|Two|Polymer", "c3|Three|Food;Polymer", "c4|Four|Food");
        assertThat(industries()).containsExactly("c1|Oil&Gas", "c2|Polymer", "c3|Food", "c3|Polymer", "c4|Food");
    }

    private void assertThatOlderAndRepeatedBatchesChangeNothing() throws IOException {
        Files.delete(folder.resolve("other.csv"));
        List<Long> before = versions();
        load();
        assertThat(versions()).isEqualTo(before);

        Files.copy(folder.resolve("3.csv"), folder.resolve("3 (copy).csv"));
        deliver(folder.resolve("3 (copy).csv"), 4);
        // It comes late, and was delivered between two that are loaded.
        batch("late.csv", 1, "c2,Two,Food\n");
        String output = load();

        assertThatTheThirdBatchWins();
        assertThat(quarantine().stream().filter(row -> row.contains("not an industry")))
                .containsExactly(
                        "not an industry of the list|1.csv|3|c2|Plastics",
                        "not an industry of the list|3.csv|4|c2|Plastics");
        assertThat(output).contains("1 file with the content of the previous one");
        assertThat(lakehouse.query("SELECT count(*), count_if(redelivery) FROM orders.customer_batches"))
                .containsExactly("5|1");
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
            deliver(Files.writeString(folder.resolve(name), content), second);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deliver(Path file, int second) throws IOException {
        Files.setLastModifiedTime(
                file, FileTime.from(Instant.parse("2026-01-31T06:00:00Z").plusSeconds(second)));
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
