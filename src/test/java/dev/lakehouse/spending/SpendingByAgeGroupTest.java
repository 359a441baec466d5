package dev.lakehouse.spending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
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
                .contains("136.49 were spent in total. Unknown (no valid age) spent the most: 105.00, 76.9 %.");
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

        assertThatOtherInputReplacesWhatWasThereAlsoOnS3AfterAStop();
    }

    private void assertThatOtherInputReplacesWhatWasThereAlsoOnS3AfterAStop() throws IOException {
        String output = TestServers.freshPrefix();
        files.customers("1,Ann,Ray,ann@example.com,31", "2,Bo,Li,bo@example.com,x,y", "3,Cy,Day,cy@example.com,50")
                .purchases("1,Mouse,12");
        FailPoint.once("SpendingByAgeGroup.combined_data.csv", () -> {
            throw new IllegalStateException("stopped");
        });
        assertThatThrownBy(() -> files.run(output)).hasMessage("stopped");
        assertThat(FileStore.of(output).exists(output + "/age_group_spending.csv"))
                .isFalse();
        List<Long> before = files.commits();

        files.run(output);

        assertThat(files.commits()).isEqualTo(before);
        assertThat(files.combined())
                .containsExactly("1|Ann Ray|31|Middle-aged|Mouse|12.00", "3|Cy Day|50|Senior|null|null");
        assertThat(files.totals()).containsExactly("Middle-aged|12.00", "Senior|0.00", "Young|0.00");
        assertThat(files.quarantine()).hasSize(1).allMatch(row -> row.startsWith("customers.csv|3|"));
        assertThat(FileStore.of(output).files(output))
                .extracting(file -> file.location().substring(output.length()))
                .containsExactly("/age_group_spending.csv", "/combined_data.csv", "/total_spending_by_age_group.png");
        assertThat(FileStore.of(output).text(output + "/age_group_spending.csv"))
                .isEqualTo("age_group,total_spending\nYoung,0.00\nMiddle-aged,12.00\nSenior,0.00\n");
    }

    @Test
    void inputOfWhichSumsWouldBeWrongFailsTheRunBeforeAnythingChanges() {
        files.customers("1,Ann,Ray,ann@example.com,29").write("purchases.csv", "");
        assertThatThrownBy(files::run).isInstanceOf(UserError.class).hasMessageContaining("There are no purchases in ");

        files.write("purchases.csv", "1,Mouse,10\n");
        assertThatThrownBy(files::run)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is not that of purchases")
                .hasMessageContaining("customer_id,product,price");

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

        files.purchases("1,Mouse,10", "1,Mouse,EUR 10", "1,Mouse,12", "1,Mouse,free");
        assertThatThrownBy(() -> files.run(directory.resolve("out").toString(), "--max-unreadable=40.0%"))
                .as("40 % of the ages are accepted, half of the prices are too many")
                .hasMessageContaining("2 of 4 values of price in purchases");
        assertThat(directory.resolve("out")).doesNotExist();
        assertThat(files.combined()).isEmpty();
        assertThat(files.totals()).isEmpty();
        assertThat(files.quarantine()).isEmpty();
    }
}
