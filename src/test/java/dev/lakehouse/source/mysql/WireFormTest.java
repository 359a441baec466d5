package dev.lakehouse.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireFormTest {
    private static String canonical(WireForm form, String wire) {
        return new String(form.canonical(wire.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-7, -7",
        "00042, 42",
        "0000, 0",
        "000.50, 0.50",
        "0.00, 0.00",
        "-0.00, 0.00",
        "-0, 0",
        "-0.01, -0.01",
        "-007.10, -7.10",
        "-00, 0",
        "18446744073709551615, 18446744073709551615"
    })
    void paddingAndTheSignOfZeroAreRemovedFromNumbers(String wire, String text) {
        assertThat(canonical(WireForm.NUMBER, wire)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2025-01-31 06:07:08, 2025-01-31 06:07:08.000000",
        "2025-01-31 06:07:08.1, 2025-01-31 06:07:08.100000",
        "2025-01-31 06:07:08.01234, 2025-01-31 06:07:08.012340",
        "2025-01-31 06:07:08.012345, 2025-01-31 06:07:08.012345"
    })
    void timesHaveSixDecimals(String wire, String text) {
        assertThat(canonical(WireForm.TIME, wire)).isEqualTo(text);
    }

    @Test
    void textThatIsNotUtf8IsReplaced() {
        assertThat(canonical(WireForm.TEXT, "aä😀")).isEqualTo("aä😀");
        assertThat(WireForm.TEXT.canonical(new byte[] {'a', (byte) 0xe4}))
                .isEqualTo("a\uFFFD".getBytes(StandardCharsets.UTF_8));
    }
}
