package dev.lakehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {

    @ParameterizedTest
    @CsvSource({
        "10/minute, 0, PT0S",
        "10/minute, 1, PT6S",
        "10/minute, 25, PT2M30S",
        "3/second, 1, PT0.333333333S",
        "3/second, 3, PT1S",
        "9999999/hour, 9999999, PT1H",
        "1/hour, 1000000, PT1000000H"
    })
    void ordersAreEvenlySpreadOverTheTime(String text, long number, Duration expected) {
        assertThat(Rate.parse(text).after(number)).isEqualTo(expected);
        assertThat(Rate.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10", "10/", "0/minute", "10/day", "10 / minute", "-1/minute", "1.5/second", "٣/minute"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Rate.parse(text))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is not a rate")
                .hasMessageContaining("Give, for example, 10/minute.");
    }
}
