package dev.lakehouse.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lakehouse.UserError;
import dev.lakehouse.privacy.Keyset;
import dev.lakehouse.privacy.Pseudonyms;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.testing.TestLakehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadActivityTest {
    private static final String ACTIVITY = "SELECT id, age_group_rank, revenue, widget_name, widget_amount, location,"
            + " date_format(created_at, 'HH:mm') FROM activity.user_activity ORDER BY id, created_at, _widget_position";

    /** Seven rows: one repeats another in another offset, two tie, one has no widgets, one no location. */
    private static final String INPUT = """
            {"id":"u1","email":"ada@example.org","age_group":1,"user_score":0.9,"revenue":10.5,"widget_list":[{"name":"Oryx","amount":7},{"name":"Emu","amount":8}],"location":"Peru","created_at":"2020-01-31T14:00:00Z"}
            {"id":"u1","email":"ada@example.org","age_group":1,"user_score":0.1,"revenue":99,"widget_list":[],"location":"Chad","created_at":"2020-01-31T15:00:00+01:00"}
            {"id":"u1","email":"ada@example.org","age_group":1,"user_score":0.5,"revenue":0.005,"widget_list":[],"location":"Peru","created_at":"2020-01-31T15:00:00Z"}
            {"id":"u2","email":"bob@example.org","age_group":1,"user_score":0.9,"revenue":1e2,"widget_list":null,"location":"DE","created_at":"2020-01-31T14:00:00Z"}
            {"id":"u3","email":"cy@example.org","age_group":2,"user_score":NaN,"revenue":null,"location":null,"created_at":"2020-01-31T14:00:00Z"}
            {"id":"u4","email":null,"age_group":2,"user_score":-3,"location":"Peru","created_at":"2020-01-31T14:00:00Z"}
            {"id":"u0","email":"ada@example.org","age_group":1,"user_score":0.7,"widget_list":[{"name":"Emu"}],"location":"Peru","created_at":"2020-01-31T14:00:00Z"}
            """;

    private static final String[] ROWS = {
        "u0|3|null|Emu|null|Peru|14:00",
        "u1|1|10.50|Oryx|7.0|Peru|14:00",
        "u1|1|10.50|Emu|8.0|Peru|14:00",
        "u1|4|0.01|null|null|Peru|15:00",
        "u2|1|100.00|null|null|DE|14:00",
        "u3|null|null|null|null|null|14:00",
        "u4|1|null|null|null|Peru|14:00"
    };

    private static TestLakehouse lakehouse;

    private final Keyset keys = Keyset.create();
    private ActivityHome home;

    /** One for all tests: a run makes the tables what its own input says. */
    @BeforeAll
    static void makeALakehouse() {
        lakehouse = TestLakehouse.fresh();
    }

    @BeforeEach
    void makeAHome(@TempDir Path directory) throws IOException {
        home = new ActivityHome(lakehouse, directory, keys);
    }

    /** One story, because a run takes seconds: a run with bad rows, the same again, a rotation of the keys with a stop. */
    @Test
    void theTwelveStepsGiveTheTablesTheFilesAndTheReportsInTheirOrderAndAnotherRunWritesNothing() throws IOException {
        home.input("a.json", "\uFEFF" + INPUT + "\nno json\n");
        home.compressedInput("b.json.gz", line("u1", "from b") + "\n" + line("u1", "later in b"));

        String printed = home.load(home.inputs());

        assertThat(lakehouse.query(ACTIVITY)).containsExactly(ROWS);
        assertThat(lakehouse.query("SELECT location, array_join(ids, ',') FROM activity.location_index ORDER BY 1"))
                .containsExactly("DE|u2", "Peru|u0,u1,u4");
        assertThat(lakehouse.query("SELECT regexp_extract(_file, '[^/]+$', 0), _line, array_join(_reasons, ', '), text"
                        + " FROM activity.activity_quarantine"))
                .containsExactly("a.json|9|not a JSON object|no json");
        assertThat(home.parquet(
                        "user_activity", "id, age_group_rank, revenue, widget_name", "id, created_at, widget_amount"))
                .containsExactly(
                        "u0|3|null|Emu",
                        "u1|1|10.50|Oryx",
                        "u1|1|10.50|Emu",
                        "u1|4|0.01|null",
                        "u2|1|100.00|null",
                        "u3|null|null|null",
                        "u4|1|null|null");
        assertThat(home.parquet("location_index", "location, array_join(ids, ',')", "location"))
                .containsExactly("DE|u2", "Peru|u0,u1,u4");

        assertThat(printed.lines()
                        .map(line -> line.strip()
                                .replaceFirst(" \\(.* s\\)$", "")
                                .replaceFirst(
                                        "(user_activity|location_index)( already has these rows|: .*)", "$1 written"))
                        .filter(line -> !line.startsWith("files") && !line.startsWith("where")))
                .containsExactly(
                        "read        10 rows in 2 files, and 1 blank line",
                        "rounded     revenue to the cent in 1 row",
                        "warning     1 row in activity.activity_quarantine",
                        "removed     3 rows with the id and created_at of an earlier one; 6 rows remain",
                        "rank 1      u1  ada@example.org  age group 1",
                        "rank 1      u2  bob@example.org  age group 1",
                        "rank 1      u4  null  age group 2",
                        "flattened   7 rows of 6 rows",
                        "pseudonyms  in place of email, by the key " + keys.primary(),
                        "table       activity.user_activity written",
                        "Parquet     " + home.output().resolve("user_activity") + " replaced",
                        "index       2 locations; 1 row without one were skipped",
                        "table       activity.location_index written",
                        "Parquet     " + home.output().resolve("location_index") + " replaced");
        assertThat(home.ledger(
                        "table_name, rows_read, rows_quarantined, rows_deduplicated, rows_written",
                        "outcome = 'succeeded'"))
                .containsExactly("activity.user_activity|10|1|3|7", "activity.location_index|6|null|null|2");

        List<Long> before = home.state();
        String bob = lakehouse
                .query("SELECT email FROM activity.user_activity WHERE id = 'u2'")
                .get(0);
        assertThat(home.load(home.inputs(), "--reported-email=pseudonym"))
                .contains("rank 1      u2  " + bob)
                .doesNotContain("example.org")
                .contains("activity.user_activity already has these rows")
                .contains("user_activity already has these rows")
                .contains("activity.location_index already has these rows")
                .doesNotContain("replaced");
        assertThat(home.state()).isEqualTo(before);

        assertThatARotationBringsEveryRowToTheNewKeyAndOldPseudonymsCanBeJoined(bob);
        assertThatWhatCannotBeAcceptedIsRefusedAndWhatReadersSeeStays();
    }

    /** The run that completes what was stopped has a file that is refused. */
    private void assertThatARotationBringsEveryRowToTheNewKeyAndOldPseudonymsCanBeJoined(String bob)
            throws IOException {
        List<String> old = home.parquet("user_activity", "email", "email");
        Keyset rotated = keys.rotated();
        Pseudonyms after = Pseudonyms.of("email", rotated);
        home.keep(rotated);
        FailPoint.once("LoadActivity.user_activity.copied", () -> {
            throw new IllegalStateException("stopped");
        });

        assertThatThrownBy(() -> home.load(home.inputs())).hasMessage("stopped");
        assertThat(home.parquet("user_activity", "email", "email"))
                .as("what readers see when a run has stopped")
                .isEqualTo(old);
        home.input("array.json", "[" + line("u9", "Peru") + "]\n");
        assertRefused(
                home.inputs(), "array.json", "It is a JSON array", "The tables contain the result of the other files.");

        assertThat(lakehouse.query("SELECT DISTINCT email FROM activity.user_activity WHERE email IS NOT NULL").stream()
                        .map(after::reveal))
                .containsExactlyInAnyOrder("ada@example.org", "bob@example.org", "cy@example.org");
        assertThat(lakehouse.query("SELECT email FROM activity.user_activity ORDER BY email"))
                .isEqualTo(home.parquet("user_activity", "email", "email"))
                .contains(after.renewed(bob))
                .doesNotContain(bob);
        assertThat(lakehouse.query("SELECT count(DISTINCT substr(email, 1, 6)) FROM activity.user_activity"))
                .as("the key's number stands at the beginning")
                .containsExactly("1");
        assertThat(lakehouse.query("SELECT * FROM ops.task_runs").toString()).doesNotContain("example.org");
        home.assertNothingIsLeftBehind();
    }

    private void assertThatWhatCannotBeAcceptedIsRefusedAndWhatReadersSeeStays() throws IOException {
        assertRefused(home.input("a.json", "no json\n{}\n"), "No row of the input can be accepted.");
        assertRefused(home.input("a.json", "\n"), "has no rows");
        assertRefused(home.inputs() + "/nowhere", "There is no input at");
        Files.writeString(home.output().resolve("location_index/part-0.parquet"), "");
        assertRefused(home.input("a.json", line("u9", "Chad")), "contains files that this product did not write");

        assertThat(lakehouse.query(ACTIVITY)).containsExactly(ROWS);
        assertThat(home.parquet("user_activity", "count(*)", "1")).containsExactly("7");
        assertThat(lakehouse.query("SELECT text FROM activity.activity_quarantine ORDER BY _line"))
                .containsExactly("no json", "{}");
        assertThat(home.ledger("outcome, message", "outcome = 'failed'"))
                .hasSize(6)
                .contains("failed|No row of the input can be accepted.");
    }

    @Tag("heavy")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ranked",
                "flattened",
                "user_activity",
                "user_activity.written",
                "user_activity.copied",
                "user_activity.parquet",
                "location_index",
                "location_index.written",
                "location_index.copied",
                "location_index.parquet"
            })
    void aRunThatStopsLeavesWholeTablesAndFilesAndTheNextOneCompletesThem(String place) throws IOException {
        home.stopsAndRecovers(place, line("u9", "Chad") + "\nno json", INPUT);

        assertThat(lakehouse.query(ACTIVITY)).containsExactly(ROWS);
        assertThat(lakehouse.query("SELECT count(*) FROM activity.activity_quarantine"))
                .containsExactly("0");
    }

    private void assertRefused(String input, String... messages) {
        assertThatThrownBy(() -> home.load(input))
                .isInstanceOf(UserError.class)
                .satisfies(error -> assertThat(error).message().contains(messages));
    }

    @Test
    void theRealFileGivesWhatPlainJavaComputes() throws IOException {
        String samples = System.getProperty("lakehouse.samples");
        assumeThat(samples)
                .as("-Dlakehouse.samples=FOLDER names the real samples")
                .isNotNull();
        RealActivity real = RealActivity.read(Path.of(samples, "activity.json"));

        String printed = home.load(samples + "/activity.json");

        assertThat(printed)
                .contains(String.format(Locale.ROOT, "read        %,d rows in 1 file", real.lines()))
                .contains(real.lines() - real.rows().size() + " rows with the id and created_at of an earlier one; "
                        + real.rows().size() + " rows remain")
                .contains(String.format(Locale.ROOT, "flattened   %,d rows of ", real.flattened()));
        assertThat(printed.lines().filter(line -> line.contains("rank 1")).map(line -> line.strip()))
                .containsExactlyElementsOf(real.best());
        assertThat(lakehouse.query("SELECT sum(revenue), count(DISTINCT email) FROM (SELECT DISTINCT id, created_at,"
                        + " revenue, email FROM activity.user_activity)"))
                .containsExactly(real.revenue() + "|" + real.addresses());
        assertThat(lakehouse.query(
                        "SELECT location, array_join(ids, ',') FROM activity.location_index ORDER BY location"))
                .containsExactlyElementsOf(real.index());
        assertThat(lakehouse.query("SELECT count(*) FROM activity.activity_quarantine"))
                .containsExactly("0");
    }

    private static String line(String id, String location) {
        return "{\"id\":\"" + id + "\",\"location\":\"" + location + "\",\"created_at\":\"2020-01-31T14:00:00Z\"}";
    }
}
