package dev.lakehouse.votes;

import static dev.lakehouse.votes.VoteFiles.vote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lakehouse.testing.TestLakehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutlierWeeksTest {
    @TempDir
    Path directory;

    private VoteFiles delivered;

    @BeforeEach
    void lakehouse() {
        delivered = new VoteFiles(TestLakehouse.fresh(), directory.resolve("votes"));
    }

    @Test
    void theWorkedExampleHasItsSixWeeks() {
        Map<String, List<Integer>> days = new TreeMap<>(Map.of(
                "2022-01-02", List.of(1),
                "2022-01-09", List.of(2, 4, 5),
                "2022-01-16", List.of(6, 7, 8),
                "2022-01-23", List.of(9, 10),
                "2022-01-30", List.of(11, 12),
                "2022-02-06", List.of(13),
                "2022-02-13", List.of(14),
                "2022-02-20", List.of(15, 16),
                "2022-02-27", List.of(17)));
        StringBuilder lines = new StringBuilder();
        days.forEach((day, ids) -> ids.forEach(id -> lines.append(vote(id, 1, day))));
        delivered.write("votes.jsonl", lines.toString()).ingest();

        assertThat(delivered.outlierWeeks())
                .containsExactly("2022|0|1", "2022|1|3", "2022|2|3", "2022|5|1", "2022|6|1", "2022|8|1");
    }

    @Test
    void theTaskPrintsWhatTheViewHolds() {
        delivered
                .write("votes.jsonl", vote(1, 1, "2022-01-02"), vote(2, 1, "2022-01-03"), vote(3, 1, "2022-01-04"))
                .ingest();

        String output = delivered.lakehouse().task(OutlierWeeks::main, List.of());

        assertThat(output).containsPattern("2022 +0 +1\n").containsPattern("2022 +1 +2\n");
    }

    @Test
    void withoutVotesThereAreNoOutliers() {
        assertThat(delivered.outlierWeeks()).isEmpty();
    }

    /** 20 % off is not an outlier; in binary fractions |1 - 0.8| is a little less and |1 - 1.2| a little less or more. */
    @Test
    void aWeekExactlyAFifthFromTheMeanIsNone() {
        insert(Map.of(
                LocalDate.of(2022, 1, 3), 8,
                LocalDate.of(2022, 1, 10), 12,
                LocalDate.of(2022, 1, 17), 10,
                LocalDate.of(2022, 1, 24), 10));
        assertThat(delivered.outlierWeeks()).isEmpty();
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
        insert(votes);

        assertThat(delivered.outlierWeeks())
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

        String output = delivered.ingest(real.toString());

        assertThat(output).contains("40,299 inserted").contains("0 lines");
        assertThat(delivered.outlierWeeks()).isNotEmpty();
    }

    private void insert(Map<LocalDate, Integer> votes) {
        delivered.outlierWeeks();
        StringBuilder rows = new StringBuilder();
        votes.forEach((day, count) -> rows.append(rows.isEmpty() ? "" : ", ")
                .append("('")
                .append(day)
                .append("', ")
                .append(count)
                .append(")"));
        TestLakehouse.session().sql("""
                INSERT INTO blog_analysis.votes
                SELECT n, 1, 2, CAST(day AS TIMESTAMP_NTZ), NULL, NULL, 'file', n, current_timestamp()
                FROM (SELECT day, row_number() OVER (ORDER BY day) AS n
                      FROM (SELECT day, explode(sequence(1, votes)) FROM VALUES %s AS t (day, votes)))
                """.formatted(rows));
    }
}
