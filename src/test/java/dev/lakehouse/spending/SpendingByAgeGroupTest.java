package dev.lakehouse.spending;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.sample.spending.SpendingGenerator;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.testing.TestLakehouse;
import dev.lakehouse.testing.TestServers;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpendingByAgeGroupTest {
    @TempDir
    Path directory;

    private SpendingFiles files;

    @BeforeEach
    void lakehouse() {
        files = new SpendingFiles(TestLakehouse.fresh(), directory);
    }

    @Test
    void nothingIsLostAndNothingIsMultiplied() throws IOException {
        files.customers(
                        "2,Bo,Li,bo@example.com,30",
                        "1,Ann,Ray,ann@example.com,29",
                        "3,Cy,,cy@example.com,45",
                        "2,Bo,Li,bo@example.com,30",
                        "1,Anna,Ray,ann@example.com,29",
                        "4,,Day,,17",
                        "5,Ed,Fox,ed@example.com,121",
                        "6,,,x@example.com,old")
                .purchases("1,Mouse,10", "2,Desk,20.50", "9,Lamp,5", "1,Lamp,0.99", "5,Phone,100");

        String output = files.run();

        assertThat(files.output("combined_data.csv")).isEqualTo("""
                customer_id,first_name,last_name,full_name,email,age,age_group,product,price
                1,Ann,Ray,Ann Ray,ann@example.com,29,Young,Mouse,10.00
                1,Ann,Ray,Ann Ray,ann@example.com,29,Young,Lamp,0.99
                2,Bo,Li,Bo Li,bo@example.com,30,Middle-aged,Desk,20.50
                3,Cy,,Cy,cy@example.com,45,Senior,,
                4,,Day,Day,,17,Unknown,,
                5,Ed,Fox,Ed Fox,ed@example.com,121,Unknown,Phone,100.00
                6,,,,x@example.com,,Unknown,,
                9,,,,,,Unknown,Lamp,5.00
                """);
        assertThat(files.output("age_group_spending.csv")).isEqualTo("""
                age_group,total_spending
                Young,10.99
                Middle-aged,20.50
                Senior,0.00
                Unknown,105.00
                """);
        assertThat(files.combined())
                .hasSize(8)
                .contains("1|Ann Ray|29|Young|Lamp|0.99", "9|null|null|Unknown|Lamp|5.00", "3|Cy|45|Senior|null|null");
        assertThat(files.totals()).containsExactly("Middle-aged|20.50", "Senior|0.00", "Unknown|105.00", "Young|10.99");
        assertThat(files.quarantine())
                .containsExactly(
                        "customers.csv|6|differs from the first customer of that customer_id|1,Anna,Ray,ann@example.com,29");
        assertThat(output)
                .contains("8 customers and 5 purchases")
                .contains("repeated    1 customer")
                .contains("quarantined 1 customer and 0 purchases")
                .contains("0 missing, 1 unreadable, 1 under 18, 1 over 120")
                .contains("8 rows = 5 purchases (1 without a customer) + 3 customers without a purchase")
                .contains("136.49 were spent in all. Unknown (no valid age) spent most: 105.00, 76.9 %.");
        try (Stream<Path> written = Files.list(directory.resolve("out"))) {
            assertThat(written.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "combined_data.csv", "age_group_spending.csv", "total_spending_by_age_group.png");
        }
        BufferedImage chart = ImageIO.read(
                directory.resolve("out/total_spending_by_age_group.png").toFile());
        assertThat(chart.getWidth()).isEqualTo(1000);
        assertThat(FileStore.of(files.lakehouse().landing())
                        .filesBelow(files.lakehouse().landing()))
                .as("what was needed while it ran")
                .isEmpty();
    }

    @Test
    void runningItTwiceChangesNothing() throws IOException {
        files.customers("1,Ann,Ray,ann@example.com,29", "bad").purchases("1,Mouse,10");
        files.run();
        List<Long> before = files.commits();
        byte[] chart = Files.readAllBytes(directory.resolve("out/total_spending_by_age_group.png"));

        files.run();

        assertThat(files.commits()).isEqualTo(before);
        assertThat(directory.resolve("out/total_spending_by_age_group.png")).hasBinaryContent(chart);
    }

    @Test
    void otherInputReplacesWhatWasThere() {
        files.customers("1,Ann,Ray,ann@example.com,29", "2,Bo,Li,bo@example.com,x,y")
                .purchases("1,Mouse,10", "8,Lamp,3");
        files.run();

        files.customers("1,Ann,Ray,ann@example.com,31", "2,Bo,Li,bo@example.com,50")
                .purchases("1,Mouse,12");
        files.run();

        assertThat(files.combined())
                .containsExactly("1|Ann Ray|31|Middle-aged|Mouse|12.00", "2|Bo Li|50|Senior|null|null");
        assertThat(files.totals()).containsExactly("Middle-aged|12.00", "Senior|0.00", "Young|0.00");
        assertThat(files.quarantine()).isEmpty();
        assertThat(files.output("age_group_spending.csv")).doesNotContain("Unknown");
    }

    @Test
    void everyBadRowIsFoundInQuarantineAndNoGoodOneIsLost() {
        byte[] customers = ("\uFEFF\"customer_id\",first_name,last_name,email,age\r\n"
                        + "1,Ann,Ray,ann@example.com,29\r\n"
                        + "2,\"Bo \"\"B\"\"\",\"Li, Jr.\",bo@example.com,30\r\n"
                        + "3,Cy,Day,cy@example.com\r\n"
                        + "4,Di,Eve,di@example.com,40,more\r\n"
                        + "\r\n"
                        + "5,\"Two\r\n\r\nlines\",Fox,ed@example.com,50\r\n"
                        + "6,\"Forgotten,Gil,fo@example.com,51\r\n"
                        + "7,Gus,Hay,gu@example.com,52\r\n"
                        + "x,Hal,Ivy,ha@example.com,53\r\n"
                        + ",Ida,Joy,id@example.com,54\r\n"
                        + "8,Jos\u00e9,Kim,jo@example.com,55\r\n"
                        + "customer_id,first_name,last_name,email,age\r\n"
                        + ",".repeat(30_000) + "\r\n"
                        + "9,Lea,Moe,le@example.com,56")
                .replace("\uFEFF", "\u00ef\u00bb\u00bf")
                .getBytes(ISO_8859_1);
        files.write("customers.csv", customers)
                .purchases(
                        "1,Mouse,10",
                        "1,Mouse,1.999",
                        "1,Mouse,-5",
                        "1,Mouse,free",
                        "1,Mouse,",
                        "1,Mouse",
                        ",Mouse,10",
                        "2,\"Monitor, 27\"\"\", 200.5 ",
                        "1,,3",
                        "1,Mouse,1e3");

        files.run();

        assertThat(files.lakehouse()
                        .query("SELECT DISTINCT customer_id, first_name FROM spending.combined_data ORDER BY 1"))
                .containsExactly("1|Ann", "2|Bo \"B\"", "5|Two\n\nlines", "7|Gus", "9|Lea");
        assertThat(files.lakehouse()
                        .query("SELECT product, price FROM spending.combined_data WHERE price IS NOT NULL"
                                + " ORDER BY price"))
                .containsExactly("null|3.00", "Mouse|10.00", "Monitor, 27\"|200.50");
        assertThat(files.quarantine())
                .extracting(row -> row.replaceFirst(",{1000,}", ",…"))
                .containsExactly(
                        "customers.csv|4|does not have 5 columns|3,Cy,Day,cy@example.com",
                        "customers.csv|5|does not have 5 columns|4,Di,Eve,di@example.com,40,more",
                        "customers.csv|10|a quoted field is not closed|6,\"Forgotten,Gil,fo@example.com,51",
                        "customers.csv|12|customer_id is not a whole number|x,Hal,Ivy,ha@example.com,53",
                        "customers.csv|13|customer_id is missing|,Ida,Joy,id@example.com,54",
                        "customers.csv|14|not UTF-8 text|8,José,Kim,jo@example.com,55",
                        "customers.csv|15|customer_id is not a whole number|customer_id,first_name,last_name,email,age",
                        "customers.csv|16|does not have 5 columns|,…",
                        "purchases.csv|3|price is not an amount with at most two decimals|1,Mouse,1.999",
                        "purchases.csv|4|price is negative|1,Mouse,-5",
                        "purchases.csv|5|price is not an amount with at most two decimals|1,Mouse,free",
                        "purchases.csv|6|price is missing|1,Mouse,",
                        "purchases.csv|7|does not have 3 columns|1,Mouse",
                        "purchases.csv|8|customer_id is missing|,Mouse,10",
                        "purchases.csv|11|price is not an amount with at most two decimals|1,Mouse,1e3");
        assertThat(files.output("combined_data.csv"))
                .contains(
                        "2,\"Bo \"\"B\"\"\",\"Li, Jr.\",\"Bo \"\"B\"\" Li, Jr.\",bo@example.com,30,Middle-aged,\"Monitor, 27\"\"\",200.50\n")
                .contains("5,\"Two\n\nlines\",Fox,\"Two\n\nlines Fox\",");
    }

    /** As tools that keep numbers with gaps as binary fractions write them: pandas-dev/pandas#20717. */
    @Test
    void wholeNumbersMayBeWrittenWithAPointAndAMissingOneIsNotAnUnreadableOne() {
        files.customers(
                        "1.0,Ann,Ray,ann@example.com,29.0",
                        "2,Bo,Li,bo@example.com,3e1",
                        "3,Cy,Day,cy@example.com,45.000",
                        "4,Di,Eve,di@example.com,",
                        "5,Ed,Fox,ed@example.com,29.5",
                        "6,Fay,Gil,fa@example.com,18",
                        "99999999999999999999,Gus,Hay,gu@example.com,18")
                .purchases("1,Mouse,10.99", "2.0,Desk,20.500", "3,Lamp,5", "4,Pen,1", "5,Cup,2");

        String output = files.run();

        assertThat(files.totals()).containsExactly("Middle-aged|20.50", "Senior|5.00", "Unknown|3.00", "Young|10.99");
        assertThat(output).contains("1 missing, 1 unreadable, 0 under 18, 0 over 120");
        assertThat(files.quarantine()).singleElement().asString().contains("|customer_id is beyond BIGINT|");
    }

    @Test
    void aColumnOfWhichTooMuchCannotBeReadFailsTheRunBeforeAnythingChanges() {
        files.customers(
                        "1,Ann,Ray,ann@example.com,29",
                        "2,Bo,Li,bo@example.com,30",
                        "3,Cy,Day,cy@example.com,forty",
                        "4,Di,Eve,di@example.com,'50'",
                        "5,Ed,Fox,ed@example.com,",
                        "6,Fay,Gil,fa@example.com,31")
                .purchases("1,Mouse,10");

        assertThatThrownBy(files::run)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("2 of 5 values of age in customers cannot be read as numbers")
                .hasMessageContaining("40.0%")
                .hasMessageContaining("--set max_unreadable=40.0%");
        assertThat(directory.resolve("out")).doesNotExist();

        files.run(directory.resolve("out").toString(), "--max-unreadable=40.0%");
        assertThat(files.totals()).hasSize(4);

        files.customers("1,Ann,Ray,ann@example.com,29").purchases("1,Mouse,10", "1,Mouse,EUR 10", "1,Mouse,12");
        assertThatThrownBy(files::run).hasMessageContaining("1 of 3 values of price in purchases");
    }

    /** ClickHouse/ClickHouse#10624. */
    @Test
    void quotesThatAreNotDoubledAreInQuarantineAndNeverStoredAsSomethingElse() {
        files.customers("1,Ann,Ray,ann@example.com,29")
                .purchases(
                        "1,\"Monitor 27\\\" wide\",199.99",
                        "1,\"Monitor 27\\\", wide\",150.00",
                        "1,\"a\"b,2.00",
                        "1,\"Monitor 27\"\"\",120.00");

        files.run();

        assertThat(files.combined()).containsExactly("1|Ann Ray|29|Young|Monitor 27\"|120.00");
        assertThat(files.quarantine()).hasSize(3);
    }

    @Test
    void aFileOfAnotherKindIsRefusedAndNothingChanges() {
        files.customers("1,Ann,Ray,ann@example.com,29").write("purchases.csv", "1,Mouse,10\n");

        assertThatThrownBy(files::run)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is not that of purchases")
                .hasMessageContaining("customer_id,product,price");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void aRunThatStoppedBeforeItsFilesIsCompletedByTheNextOne() {
        files.customers("1,Ann,Ray,ann@example.com,29", "bad").purchases("1,Mouse,10");
        FailPoint.once("SpendingByAgeGroup.combined_data.csv", () -> {
            throw new IllegalStateException("stopped");
        });
        assertThatThrownBy(files::run).hasMessage("stopped");
        assertThat(directory.resolve("out/age_group_spending.csv")).doesNotExist();

        files.run();

        assertThat(files.combined()).containsExactly("1|Ann Ray|29|Young|Mouse|10.00");
        assertThat(files.totals()).containsExactly("Middle-aged|0.00", "Senior|0.00", "Young|10.00");
        assertThat(files.quarantine()).hasSize(1);
        assertThat(files.output("age_group_spending.csv")).contains("Young,10.00\n");
    }

    @Test
    void aFolderWithoutAFileIsAUsersMistake() {
        files.customers("1,Ann,Ray,ann@example.com,29").write("purchases.csv", "");

        assertThatThrownBy(files::run).isInstanceOf(UserError.class).hasMessageContaining("There are no purchases in ");
    }

    @Test
    void theFilesMayGoToS3() throws IOException {
        files.customers("1,Ann,Ray,ann@example.com,29").purchases("1,Mouse,10");
        String output = TestServers.freshPrefix();

        files.run(output);

        assertThat(FileStore.of(output).files(output))
                .extracting(file -> file.location().substring(output.length()))
                .containsExactly("/age_group_spending.csv", "/combined_data.csv", "/total_spending_by_age_group.png");
        assertThat(FileStore.of(output).text(output + "/age_group_spending.csv"))
                .startsWith("age_group,total_spending\nYoung,10.00\n");
    }

    @Test
    void generatedFilesAreTheSameForTheSameSeedAndHaveRowsOfEveryKind() throws IOException {
        SpendingGenerator.of(7, 700).write(directory.toString());
        byte[] customers = Files.readAllBytes(directory.resolve("customers.csv"));
        SpendingGenerator.of(7, 700).write(directory.toString());

        String output = files.run();

        assertThat(directory.resolve("customers.csv")).hasBinaryContent(customers);
        assertThat(output)
                .contains("700 customers and 700 purchases")
                .contains("repeated    0 customers")
                .contains("quarantined 1 customer and 1 purchase")
                .doesNotContain("(0 without a customer)");
        assertThat(files.totals()).hasSize(4);
    }
}
