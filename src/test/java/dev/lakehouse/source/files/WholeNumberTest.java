package dev.lakehouse.source.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WholeNumberTest {
    @ParameterizedTest
    @CsvSource({
        "8, 8",
        "8.0, 8",
        "8., 8",
        "8e0, 8",
        "80e-1, 8",
        "' 8 ', 8",
        "+8, 8",
        "-0.0, 0",
        "0e999999999, 0",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808.000, -9223372036854775808",
        "9.223372036854775807e18, 9223372036854775807",
    })
    void aWholeNumberIsReadInEveryForm(String text, long number) {
        assertThat(WholeNumber.of(text, WholeNumber.Type.BIGINT).value()).contains(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "8.5",
                "1e-1",
                "1e-999999999",
                "NaN",
                "0x8",
                "8 8",
                "1,000",
                "\u0668",
                "1e9999999999",
                "."
            })
    void whatIsNoneIsTold(String text) {
        assertThat(WholeNumber.of(text, WholeNumber.Type.BIGINT).fault()).contains("is not a whole number");
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775808, BIGINT",
        "-9223372036854775809, BIGINT",
        "1e999999999, BIGINT",
        "2147483648, INT",
        "-2147483649.0, INT"
    })
    void whatDoesNotFitTheTypeIsTold(String text, WholeNumber.Type type) {
        assertThat(WholeNumber.of(text, type).fault()).contains("is beyond " + type);
        assertThat(WholeNumber.of(text, type).value()).isEmpty();
    }
}
