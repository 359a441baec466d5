package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.cli.Launcher.Ended;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as people have reported them elsewhere, by the command line. */
@Tag("heavy")
final class FileCasesTest {
    private static final String VOTE = "{\"Id\":%d,\"PostId\":10,\"VoteTypeId\":2,\"CreationDate\":\"2024-03-04\"%s}\n";

    @TempDir
    Path directory;

    /** pandas-dev/pandas#57224, NVIDIA/cudf-spark#11361. */
    @Test
    void votesWithWholeNumbersAsFractionsNamesTwiceAndAFileOfAnotherKind() throws Exception {
        Launcher lakehouse = Launcher.in(directory);
        write(
                "in/votes.jsonl",
                VOTE.formatted(1, ",\"UserId\":8.0")
                        + VOTE.formatted(2, ",\"UserId\":null")
                        + VOTE.formatted(3, ",\"Id\":4")
                        + VOTE.formatted(5, ",\"PostId\":11"));
        write("in/array.jsonl", "[" + VOTE.formatted(6, "").strip() + "]");

        Ended run = lakehouse.run("--servers", "embedded", "run", "votes_ingest", "--input", "in");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out())
                .contains("A file cannot be loaded: ")
                .contains("array.jsonl")
                .contains("It is a JSON array");
        assertThat(sql(lakehouse, "SELECT id, user_id FROM blog_analysis.votes ORDER BY id"))
                .isEqualTo("id,user_id\n1,8\n2,\n");
        assertThat(sql(lakehouse, "SELECT _line, _reasons[0] AS reason FROM blog_analysis.votes_quarantine ORDER BY 1"))
                .isEqualTo("_line,reason\n3,Id is there twice\n4,PostId is there twice\n");
    }

    /** apache/spark PR 38446, pandas-dev/pandas#20717, ClickHouse/ClickHouse#10624. */
    @Test
    void spendingWithAgesAsFractionsAndQuotesByBackslash() throws Exception {
        Launcher lakehouse = Launcher.in(directory);
        write(
                "customers.csv",
                "customer_id,first_name,last_name,email,age\n1,Ann,Ray,,29.0\n2,Bo,Li,,30.0\n3,Di,Eve,,\n");
        write(
                "purchases.csv",
                "customer_id,product,price\n1,\"Monitor 27\\\" wide\",199.99\n2,\"a\"b,2.00\n"
                        + "1,\"Monitor 27\"\"\",120.00\n2,Desk,20.50\n3,Pen,1.00\n");

        Ended run = lakehouse.run(
                "--servers",
                "embedded",
                "run",
                "spending",
                "--input",
                "customers=customers.csv",
                "--input",
                "purchases=purchases.csv",
                "--output",
                "out");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(Files.readString(directory.resolve("out/age_group_spending.csv")))
                .isEqualTo("age_group,total_spending\nYoung,120.00\nMiddle-aged,20.50\nSenior,0.00\nUnknown,1.00\n");
        assertThat(sql(lakehouse, "SELECT _line FROM spending.spending_quarantine ORDER BY 1"))
                .isEqualTo("_line\n2\n3\n");
    }

    /** dbt-labs/dbt-core#1614. */
    @Test
    void customersThatGoToANewValueAndBack() throws Exception {
        Launcher lakehouse = Launcher.in(directory);
        String[] industries = {"Food", "Polymer", "Food"};
        for (int day = 0; day < industries.length; day++) {
            Path file = write(
                    "in/day" + day + ".csv",
                    "customer_id,company_name,specialized_industries\nc1,One Ltd," + industries[day] + "\n");
            Files.setLastModifiedTime(
                    file, FileTime.from(Instant.parse("2026-01-01T06:00:00Z").plusSeconds(86_400L * day)));
        }

        Ended run = lakehouse.run(
                "--servers",
                "embedded",
                "run",
                "orders",
                "--only",
                "apply_schemas,customers",
                "--input",
                "customers=in");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(sql(lakehouse, "SELECT specialized_industries[0] AS industry FROM orders.customers"))
                .isEqualTo("industry\nFood\n");
    }

    @Test
    void aLineOfThreeHundredMegabytesCostsItselfAndNoMemory() throws Exception {
        Launcher lakehouse = Launcher.in(directory);
        Path file = write("votes.jsonl", VOTE.formatted(1, ""));
        byte[] part = new byte[1_000_000];
        Arrays.fill(part, (byte) 'x');
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            for (int i = 0; i < 300; i++) {
                out.write(part);
            }
            out.write(("\n" + VOTE.formatted(2, "")).getBytes(StandardCharsets.UTF_8));
        }

        Ended run = lakehouse.run(
                "--servers", "embedded", "--heap", "700m", "run", "votes_ingest", "--input", "votes.jsonl");

        assertThat(run.status()).as(run.out() + run.err()).isZero();
        assertThat(sql(lakehouse, "SELECT id FROM blog_analysis.votes ORDER BY id"))
                .isEqualTo("id\n1\n2\n");
        assertThat(sql(lakehouse, "SELECT _line, _reasons[0] AS reason, _text FROM blog_analysis.votes_quarantine"))
                .contains("2,longer than a line may be: 300000000 bytes,");
    }

    private Path write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static String sql(Launcher lakehouse, String query) throws Exception {
        return lakehouse.run("sql", "--format", "csv", query).out();
    }
}
