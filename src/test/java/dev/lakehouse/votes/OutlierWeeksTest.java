package dev.lakehouse.votes;

import static org.apache.spark.sql.functions.current_timestamp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lakehouse.load.FileRun;
import dev.lakehouse.testing.TestLakehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutlierWeeksTest {
    private static TestLakehouse lakehouse;

    @TempDir
    Path directory;

    /** The view is made once and shows what each test stores. */
    @BeforeAll
    static void view() {
        lakehouse = TestLakehouse.fresh();
        print();
    }

    @Test
    void theTaskPrintsTheSixWeeksOfTheWorkedExample() {
        store(Map.of(
                LocalDate.of(2022, 1, 2), 1,
                LocalDate.of(2022, 1, 9), 3,
                LocalDate.of(2022, 1, 16), 3,
                LocalDate.of(2022, 1, 23), 2,
                LocalDate.of(2022, 1, 30), 2,
                LocalDate.of(2022, 2, 6), 1,
                LocalDate.of(2022, 2, 13), 1,
                LocalDate.of(2022, 2, 20), 2,
                LocalDate.of(2022, 2, 27), 1));
        List<String> printed = print().lines()
                .map(line -> line.strip().replaceAll(" +", "|"))
                .filter(line -> line.matches("\\d+\\|\\d+\\|\\d+"))
                .toList();

        assertThat(printed)
                .containsExactly("2022|0|1", "2022|1|3", "2022|2|3", "2022|5|1", "2022|6|1", "2022|8|1")
                .isEqualTo(weeks());
    }

    @Test
    void withoutVotesThereAreNoOutliers() {
        store(Map.of());

        assertThat(weeks()).isEmpty();
    }

    /** 20 % off is not an outlier; in binary fractions |1 - 0.8| is a little less and |1 - 1.2| a little less or more. */
    @Test
    void aWeekExactlyAFifthFromTheMeanIsNone() {
        store(Map.of(
                LocalDate.of(2022, 1, 3), 8,
                LocalDate.of(2022, 1, 10), 12,
                LocalDate.of(2022, 1, 17), 10,
                LocalDate.of(2022, 1, 24), 10));
        assertThat(weeks()).isEmpty();
    }

    /** Twenty years begin on every day of the week, leap years among them; compared with a count by walking the days. */
    @Test
    void weeksAreRightInYearsThatBeginOnAnyDay() {
        SplittableRandom random = new SplittableRandom(7);
        Map<LocalDate, Integer> votes = new TreeMap<>();
        Map<String, Long> expected = new TreeMap<>();
        int week = 0;
        for (LocalDate day = LocalDate.of(2005, 1, 1); day.getYear() < 2025; day = day.plusDays(1)) {
            week = day.getDayOfYear() == 1 ? 0 : week;
            week += day.getDayOfWeek() == DayOfWeek.MONDAY ? 1 : 0;
            int count = random.nextInt(4);
            if (count > 0) {
                votes.put(day, count);
                expected.merge("%d|%02d".formatted(day.getYear(), week), (long) count, Long::sum);
            }
        }
        double mean =
                expected.values().stream().mapToLong(count -> count).average().orElseThrow();
        store(votes);

        assertThat(weeks())
                .hasSizeGreaterThan(100)
                .containsExactlyElementsOf(expected.entrySet().stream()
                        .filter(entry -> Math.abs(1 - entry.getValue() / mean) > 0.2)
                        .map(entry -> entry.getKey().replaceFirst("\\|0", "|") + "|" + entry.getValue())
                        .toList());
    }

    @Test
    void theRealVotesAreIngestedAndGiveOutliers() {
        Path real = Path.of(System.getProperty("lakehouse.root"), "../shared/data/votes.jsonl");
        assumeTrue(Files.exists(real), "the real votes are not here");

        FileRun.JsonInput read = new VoteFiles(lakehouse, directory).read(real, "64MB");
        Dataset<Row> votes = read.input().accepted();
        assertThat(votes.select("id").distinct().count()).isEqualTo(40_299);
        assertThat(read.lines().count()).as("nothing is repeated or bad").isEqualTo(40_299);

        write(votes.drop("_text").withColumn("_loaded_at", current_timestamp()));
        assertThat(weeks()).isNotEmpty();
    }

    private static String print() {
        return lakehouse.task(OutlierWeeks::main, List.of());
    }

    private static List<String> weeks() {
        return lakehouse.query("SELECT * FROM blog_analysis.outlier_weeks");
    }

    /** Puts so many votes of each day in place of what is stored. */
    private static void store(Map<LocalDate, Integer> votes) {
        List<Row> days = votes.entrySet().stream()
                .map(day -> RowFactory.create(day.getKey(), day.getValue()))
                .toList();
        write(TestLakehouse.session()
                .createDataFrame(days, new StructType().add("day", "date").add("votes", "int"))
                .selectExpr("day", "explode(sequence(1, votes))")
                .selectExpr(
                        "monotonically_increasing_id() AS id",
                        "1L AS post_id",
                        "2L AS vote_type_id",
                        "CAST(day AS TIMESTAMP_NTZ) AS creation_date",
                        "CAST(NULL AS BIGINT) AS user_id",
                        "CAST(NULL AS INT) AS bounty_amount",
                        "'file' AS _file",
                        "monotonically_increasing_id() AS _line",
                        "current_timestamp() AS _loaded_at"));
    }

    private static void write(Dataset<Row> votes) {
        votes.createOrReplaceTempView("delivered");
        TestLakehouse.session().sql("INSERT OVERWRITE blog_analysis.votes BY NAME SELECT * FROM delivered");
    }
}
