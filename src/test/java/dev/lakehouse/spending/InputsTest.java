package dev.lakehouse.spending;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.load.Deduplication.Status;
import dev.lakehouse.load.FileInput;
import dev.lakehouse.load.FileRun;
import dev.lakehouse.sample.spending.SpendingGenerator;
import dev.lakehouse.testing.TestLakehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of the two inputs and what becomes of it, without tables. */
class InputsTest {
    @TempDir
    Path directory;

    private SpendingFiles files;

    @BeforeEach
    void inputs() {
        files = new SpendingFiles(TestLakehouse.fresh(), directory);
    }

    /** Quotes that are not doubled: ClickHouse/ClickHouse#10624. */
    @Test
    void everyBadRowHasItsReasonAndNoGoodOneIsLost() {
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
                        "1,Mouse,1e3",
                        "1,\"Monitor 27\\\" wide\",199.99",
                        "1,\"Monitor 27\\\", wide\",150.00",
                        "1,\"a\"b,2.00",
                        "1,\"Monitor 27\"\"\",120.00");

        FileInput readCustomers = files.readCustomers();
        FileInput readPurchases = files.readPurchases();

        assertThat(texts(
                        CustomerPurchases.customers(readCustomers.accepted()).orderBy("customer_id"),
                        "customer_id",
                        "first_name",
                        "last_name",
                        Status.COLUMN))
                .containsExactly(
                        "1|Ann|Ray|NEW",
                        "2|Bo \"B\"|Li, Jr.|NEW",
                        "5|Two\n\nlines|Fox|NEW",
                        "7|Gus|Hay|NEW",
                        "9|Lea|Moe|NEW");
        assertThat(texts(
                        CustomerPurchases.purchases(readPurchases.accepted()).orderBy("price"),
                        "customer_id",
                        "product",
                        "price"))
                .containsExactly("1|null|3.00", "1|Mouse|10.00", "1|Monitor 27\"|120.00", "2|Monitor, 27\"|200.50");
        assertThat(quarantined(readCustomers))
                .extracting(row -> row.replaceFirst(",{1000,}", ",…"))
                .containsExactly(
                        "4|does not have 5 columns|3,Cy,Day,cy@example.com",
                        "5|does not have 5 columns|4,Di,Eve,di@example.com,40,more",
                        "10|a quoted field is not closed|6,\"Forgotten,Gil,fo@example.com,51",
                        "12|customer_id is not a whole number|x,Hal,Ivy,ha@example.com,53",
                        "13|customer_id is missing|,Ida,Joy,id@example.com,54",
                        "14|not UTF-8 text|8,José,Kim,jo@example.com,55",
                        "15|customer_id is not a whole number|customer_id,first_name,last_name,email,age",
                        "16|does not have 5 columns|,…");
        assertThat(quarantined(readPurchases))
                .containsExactly(
                        "3|price is not an amount with at most two decimals|1,Mouse,1.999",
                        "4|price is negative|1,Mouse,-5",
                        "5|price is not an amount with at most two decimals|1,Mouse,free",
                        "6|price is missing|1,Mouse,",
                        "7|does not have 3 columns|1,Mouse",
                        "8|customer_id is missing|,Mouse,10",
                        "11|price is not an amount with at most two decimals|1,Mouse,1e3",
                        "12|a quote is escaped by a backslash, not doubled|1,\"Monitor 27\\\" wide\",199.99",
                        "13|a quote stands in a field that is not quoted|1,\"Monitor 27\\\", wide\",150.00",
                        "14|text follows the quote that closes a field|1,\"a\"b,2.00");
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

        Joined joined = Joined.of(files);

        assertThat(joined.totals()).containsExactly("Young|10.99", "Middle-aged|20.50", "Senior|5.00", "Unknown|3.00");
        assertThat(joined.counts().ages()).isEqualTo(new Counts.Ages(1, 1, 0, 0));
        assertThat(quarantined(joined.customers()))
                .singleElement()
                .asString()
                .contains("|customer_id is beyond BIGINT|");
    }

    @Test
    void generatedFilesAreTheSameForTheSameSeedAndHaveRowsOfEveryKind() throws IOException {
        SpendingGenerator.of(7, 700).write(directory.toString());
        byte[] customers = Files.readAllBytes(directory.resolve("customers.csv"));
        SpendingGenerator.of(7, 700).write(directory.toString());
        assertThat(directory.resolve("customers.csv")).hasBinaryContent(customers);

        Joined joined = Joined.of(files);

        Counts counts = joined.counts();
        assertThat(Stream.of(counts.customersRead(), counts.purchasesRead())).containsOnly(700L);
        assertThat(Stream.of(counts.customersRefused(), counts.purchasesRefused()))
                .containsOnly(1L);
        assertThat(counts.customersRepeated()).isZero();
        assertThat(counts.purchasesAlone()).isPositive();
        assertThat(counts.customersAlone()).isPositive();
        assertThat(joined.totals()).hasSize(4);
    }

    private record Joined(FileInput customers, Counts counts, List<String> totals) {

        static Joined of(SpendingFiles files) {
            FileInput customers = files.readCustomers();
            FileInput purchases = files.readPurchases();
            Dataset<Row> statuses = FileRun.collected(CustomerPurchases.customers(customers.accepted()));
            Dataset<Row> combined = FileRun.collected(CustomerPurchases.join(
                    statuses.where(Status.NEW.is()).drop(Status.COLUMN),
                    CustomerPurchases.purchases(purchases.accepted())));
            return new Joined(
                    customers,
                    Counts.of(customers.rows(), purchases.rows(), statuses, combined),
                    texts(CustomerPurchases.totals(combined), "age_group", "total_spending"));
        }
    }

    private static List<String> quarantined(FileInput input) {
        return texts(input.quarantined().orderBy("_line"), "_line", "array_join(_reasons, ', ')", "_text");
    }

    private static List<String> texts(Dataset<Row> rows, String... columns) {
        return rows.selectExpr(Stream.of(columns)
                        .map("ifnull(CAST(%s AS STRING), 'null')"::formatted)
                        .reduce((left, right) -> left + ", '|', " + right)
                        .map("concat(%s)"::formatted)
                        .orElseThrow())
                .as(Encoders.STRING())
                .collectAsList();
    }
}
