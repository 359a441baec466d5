package dev.lakehouse.members;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.load.Quality;
import dev.lakehouse.testing.TestLakehouse;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each expectation with values that just pass and values that just fail. */
class MemberExpectationsTest {
    private static final LocalDate EXTRACT_DAY = LocalDate.of(2026, 2, 28);

    /** Nothing in it but what must be. */
    private static final Dataset<Row> GOOD = TestLakehouse.session().sql("""
            SELECT '1' AS member_id, 'A' AS first_name, 'B' AS last_name, 'a@b' AS email,
                   CAST(NULL AS STRING) AS phone_number, CAST(NULL AS STRING) AS address, CAST(NULL AS STRING) AS city,
                   CAST(NULL AS STRING) AS country, DATE'1900-01-01' AS registration_date""");

    @Test
    void aMemberWithNothingButWhatMustBeIsAccepted() {
        assertThat(reasons(GOOD)).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "   "})
    void anIdOrANameThatIsMissingOrBlankIsAReason(String value) {
        assertThat(reasons(with("member_id", value))).containsExactly("no id");
        assertThat(reasons(with("first_name", value))).containsExactly("first name is empty");
        assertThat(reasons(with("last_name", value))).containsExactly("last name is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", " x ", "李", "'"})
    void anyLetterMakesAName(String value) {
        assertThat(reasons(with("member_id", value))).isEmpty();
        assertThat(reasons(with("first_name", value))).isEmpty();
        assertThat(reasons(with("last_name", value))).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "@", "ab", "@b", "a@", "a@@b", "a@b@", "@a@b", "a@b@c", "a@b\n@c"})
    void anEmailWithoutExactlyOneAtBetweenPartsIsAReason(String value) {
        assertThat(reasons(with("email", value))).containsExactly("e-mail is not name@host");
    }

    /** Exactly one {@code @} between parts that are not empty is all that is asked for. */
    @ParameterizedTest
    @ValueSource(strings = {"a@b", "a b@c", "\"a\"@b", "ä@ö.example", "a+b@c.example"})
    void anEmailWithOneAtBetweenPartsIsAccepted(String value) {
        assertThat(reasons(with("email", value))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-28,",
        "2026-02-27,",
        "0001-01-01,",
        "2026-03-01, registration date is after the extract",
        "9999-12-31, registration date is after the extract",
        ", registration date is missing"
    })
    void aDayUpToTheExtractsOwnIsADayOfRegistration(LocalDate day, String reason) {
        Dataset<Row> member = GOOD.withColumn("registration_date", lit(day).cast("date"));

        assertThat(reasons(member)).isEqualTo(reason == null ? List.of() : List.of(reason));
    }

    @Test
    void aMemberThatBreaksEverythingIsToldEverything() {
        Dataset<Row> member = with("member_id", "")
                .withColumn("first_name", lit(""))
                .withColumn("last_name", lit(""))
                .withColumn("email", lit(""))
                .withColumn("registration_date", lit(EXTRACT_DAY.plusDays(1)));

        assertThat(reasons(member))
                .containsExactly(
                        "no id",
                        "first name is empty",
                        "last name is empty",
                        "e-mail is not name@host",
                        "registration date is after the extract");
    }

    private static Dataset<Row> with(String column, String value) {
        return GOOD.withColumn(column, lit(value).cast("string"));
    }

    private static List<String> reasons(Dataset<Row> member) {
        return Quality.validate(member, MemberExpectations.on(EXTRACT_DAY))
                .select(Quality.REASONS)
                .head()
                .getList(0);
    }
}
