package dev.lakehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentageTest {

    @ParameterizedTest
    @CsvSource({"5%, 1000, 50", "0.5%, 1000, 5", "100%, 7, 7", "5%, 10, 1", "0.000001%, 1000, 0", "12.5%, 4, 1"})
    void aShareIsRoundedToWholeRows(String text, long rows, long expected) {
        assertThat(Percentage.parse(text).of(rows)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "%", "0%", "0.0%", "-5%", "100.1%", "101%", "5 %", "5%%", "five%", "1e1%", "٥%"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Percentage.parse(text))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is not a percentage")
                .hasMessageContaining("Give, for example, 5% or 0.5%.");
    }

    @Test
    void aShareReadsAsItWasWritten() {
        assertThat(Percentage.parse("0.50%")).hasToString("0.50%");
    }
}
