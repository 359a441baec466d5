package dev.lakehouse.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.activity.ParsedLine.Widget;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineParserTest {
    @Test
    void everyValueIsReadInItsType() {
        ParsedLine line = LineParser.parse("""
                {"id":"a","email":"ada@example.org","age_group":2,"user_score":0.5,"revenue":351.08,
                 "widget_list":[{"name":"Oryx","amount":7},{"name":null},null],"location":"Peru",
                 "created_at":"2020-01-31T14:50:26Z","unknown":{"id":[1]}}""");

        assertThat(line)
                .isEqualTo(new ParsedLine(
                        List.of(),
                        "a",
                        "ada@example.org",
                        2,
                        0.5,
                        new BigDecimal("351.08"),
                        false,
                        Arrays.asList(new Widget("Oryx", 7.0), new Widget(null, null), null),
                        "Peru",
                        Instant.parse("2020-01-31T14:50:26Z").toEpochMilli() * 1_000));
    }

    @Test
    void whatIsMissingOrNullIsNullExceptForIdAndTime() {
        ParsedLine line = parse("\"email\":null,\"widget_list\":null");

        assertThat(line.reasons()).isEmpty();
        assertThat(line.email()).isNull();
        assertThat(line.ageGroup()).isNull();
        assertThat(line.userScore()).isNull();
        assertThat(line.revenue()).isNull();
        assertThat(line.widgets()).isNull();
        assertThat(line.location()).isNull();
        assertThat(parse("\"widget_list\":[]").widgets()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "801.0, 801.00, false",
        "3.5108E2, 351.08, false",
        "1e-3, 0.00, true",
        "0.005, 0.01, true",
        "-0.005, -0.01, true",
        "351.07999999999998, 351.08, true",
        "90071992547409.93, 90071992547409.93, false",
        "9999999999999999.99, 9999999999999999.99, false",
        "1e-999999999, 0.00, true",
        "0, 0.00, false",
    })
    void revenueIsReadFromItsTextExactlyAndRoundedToTheCent(String text, BigDecimal amount, boolean wasRounded) {
        ParsedLine line = parse("\"revenue\":" + text);

        assertThat(line.reasons()).isEmpty();
        assertThat(line.revenue()).isEqualTo(amount);
        assertThat(line.revenueWasRounded()).isEqualTo(wasRounded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e16", "9999999999999999.995", "1e999999999"})
    void revenueWithTooManyDigitsIsNoGoodValue(String text) {
        assertThat(parse("\"revenue\":" + text).reasons()).containsExactly("revenue is not an amount below 10^16");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"revenue\":\"12.50\"; revenue is not a number",
                "\"revenue\":NaN; revenue is not a number",
                "\"user_score\":\"high\"; user_score is not a number",
                "\"user_score\":1e400; user_score is not a number",
                "\"user_score\":-Infinity; user_score is not a number",
                "\"age_group\":2.5; age_group is not a whole number",
                "\"age_group\":3000000000; age_group is beyond INT",
                "\"age_group\":1e999999999; age_group is beyond INT",
                "\"age_group\":1e99999999999; age_group is a number beyond any type",
                "\"age_group\":NaN; age_group is not a number",
                "\"user_score\":1e99999999999; user_score is a number beyond any type",
                "\"widget_list\":[{\"amount\":NaN}]; widget_list[].amount is not a number",
                "\"email\":\"\\uD800\"; email holds a lone surrogate",
                "\"location\":\"Peru\",\"location\":\"Chile\"; location is there twice",
                "\"age_group\":\"2\"; age_group is not a whole number",
                "\"email\":7; email is not a text",
                "\"location\":[\"Peru\"]; location is not a text",
                "\"widget_list\":{\"name\":\"Oryx\"}; widget_list is not a list",
                "\"widget_list\":[\"Oryx\"]; widget_list is not a list of widgets",
                "\"widget_list\":[{\"amount\":\"7\"}]; widget amount is not a number",
            })
    void aWrongTypeIsNamed(String field, String reason) {
        assertThat(parse(field).reasons()).containsExactly(reason);
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "2.0, 2", "-1, -1", "20e-1, 2"})
    void anAgeGroupIsWholeHoweverItIsWritten(String text, int ageGroup) {
        assertThat(parse("\"age_group\":" + text).ageGroup()).isEqualTo(ageGroup);
    }

    @Test
    void aScoreMayBeNotANumber() {
        assertThat(parse("\"user_score\":NaN").userScore()).isNaN();
        assertThat(parse("\"user_score\":\"NaN\"").userScore()).isNaN();
    }

    @Test
    void allReasonsOfALineAreTold() {
        assertThat(LineParser.parse("{\"id\":1,\"email\":2,\"created_at\":\"yesterday\",\"age_group\":{}}")
                        .reasons())
                .containsExactlyInAnyOrder(
                        "id is not a text",
                        "email is not a text",
                        "age_group is not a whole number",
                        "created_at is not an ISO instant");
        assertThat(LineParser.parse("{\"id\":\" \"}").reasons()).containsExactly("no id", "no created_at");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "[]", "7", "{\"id\":\"a\"", "{\"id\":\"a\"} {\"id\":\"b\"}", "{\"id\":\"a\"}]"})
    void whatIsNotOneObjectIsRefused(String text) {
        assertThat(LineParser.parse(text).reasons()).containsExactly("not a JSON object");
    }

    @ParameterizedTest
    @CsvSource({
        "2020-01-31T14:50:26Z, 2020-01-31T14:50:26Z",
        "2020-01-31T15:50:26+01:00, 2020-01-31T14:50:26Z",
        "2020-01-31T09:50:26.000-0500, 2020-01-31T14:50:26Z",
        "2020-01-31T14:50:26.123456789Z, 2020-01-31T14:50:26.123456Z",
        "1969-12-31T23:59:59.5Z, 1969-12-31T23:59:59.5Z",
    })
    void anInstantIsTheSameInEveryOffset(String text, Instant instant) {
        assertThat(Instants.micros(text)).isEqualTo(instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2020-01-31",
                "2020-01-31T14:50:26",
                "2020-02-30T00:00:00Z",
                "1580482226",
                "10000-01-01T00:00:00Z"
            })
    void whatNamesNoInstantIsNone(String text) {
        assertThat(Instants.micros(text)).isNull();
    }

    private static ParsedLine parse(String fields) {
        return LineParser.parse("{\"id\":\"a\",\"created_at\":\"2020-01-31T14:50:26Z\"," + fields + "}");
    }
}
