package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.cli.Launcher.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Votes and spending on an empty home, and at scale in the memory that a laptop spares. The system property
 * {@code lakehouse.products.rows} asks for another number than ten million.
 */
@Tag("heavy")
final class FileProductsTest {
    private static final long ROWS = Long.getLong("lakehouse.products.rows", 10_000_000);

    @TempDir
    Path directory;

    @Test
    void votesAreGeneratedIngestedOnceAndTheirViewAnswers() throws Exception {
        Launcher lakehouse = Launcher.in(directory);

        Ended first = lakehouse.run("--servers", "embedded", "run", "votes");
        Ended second = lakehouse.run("run", "votes");
        Ended view =
                lakehouse.run("sql", "--format", "csv", "SELECT count(*) AS weeks FROM blog_analysis.outlier_weeks");

        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.out()).contains("Generated 10,000 votes").contains("10,000 inserted");
        assertThat(second.out()).contains("none to load");
        assertThat(view.out()).matches("weeks\n[1-9][0-9]*\n");
    }

    @Test
    void spendingOfGeneratedFilesLiesInTheHome() throws Exception {
        Ended run = Launcher.in(directory).run("--servers", "embedded", "run", "spending");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("Generated 1,000 customers").contains("were spent in total.");
        assertThat(directory.resolve(".lakehouse/output/spending"))
                .isDirectoryContaining("glob:**/combined_data.csv")
                .isDirectoryContaining("glob:**/age_group_spending.csv")
                .isDirectoryContaining("glob:**/total_spending_by_age_group.png");
    }

    @Test
    void anInputThatTheProductDoesNotHaveIsRefusedBeforeAnythingStarts() throws Exception {
        Path file = Files.writeString(directory.resolve("votes.jsonl"), "{}\n");

        Ended unnamed = Launcher.in(directory).run("run", "spending", "--input", file.toString());
        Ended unknown = Launcher.in(directory).run("run", "votes", "--input", "customers=" + file);

        assertThat(unnamed.err())
                .contains("none of its workflows has a parameter 'input'")
                .contains("customers=FILE");
        assertThat(unknown.err()).contains("none of its workflows has a parameter 'customers'");
        assertThat(directory.resolve(".lakehouse")).doesNotExist();
    }

    @Test
    void tenMillionVotesFitIntoTwoGigabytes() throws Exception {
        Launcher lakehouse = Launcher.forMuchWorkIn(directory);

        lakehouse.run("--servers", "embedded", "--heap", "2g", "generate", "votes", "--rows", "" + ROWS);
        Ended run = lakehouse.run("--heap", "2g", "run", "votes");

        System.out.print(run.out());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains(counted(ROWS) + " inserted").contains("  quarantined 3 lines");
    }

    @Test
    void tenMillionCustomersAndPurchasesFitIntoTwoGigabytes() throws Exception {
        Launcher lakehouse = Launcher.forMuchWorkIn(directory);
        // The generator leaves the end off each 679th customer, and the price off each 485th purchase.
        long customers = ROWS / 679;
        long purchases = ROWS / 485;

        lakehouse.run("--servers", "embedded", "--heap", "2g", "generate", "spending", "--rows", "" + ROWS);
        Ended run = lakehouse.run("--heap", "2g", "run", "spending");

        System.out.print(run.out());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(counted(ROWS) + " rows: " + counted(ROWS - customers) + " taken, 0 repeated, "
                        + counted(customers) + " in quarantine")
                .contains(counted(ROWS) + " rows: " + counted(ROWS - purchases) + " taken, " + counted(purchases)
                        + " in quarantine");
    }

    private static String counted(long rows) {
        return String.format(Locale.ROOT, "%,d", rows);
    }
}
