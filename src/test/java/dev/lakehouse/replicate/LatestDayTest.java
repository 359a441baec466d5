package dev.lakehouse.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LatestDayTest {
    private static final LatestDay.ZoneConverter ZONES = new LatestDay.ZoneConverter();

    @ParameterizedTest
    @CsvSource({
        "Asia/Hong_Kong, 2026-02-28T15:59:59Z, 2026-02-28",
        "Asia/Hong_Kong, 2026-02-28T16:00:00Z, 2026-03-01",
        "Pacific/Kiritimati, 2026-02-28T10:00:00Z, 2026-03-01",
        "America/New_York, 2026-02-28T02:00:00Z, 2026-02-27",
        "UTC, 2026-02-28T23:59:59Z, 2026-02-28"
    })
    void itIsTheDayInTheZone(String zone, Instant instant, LocalDate day) {
        assertThat(ZONES.convert(zone).at(instant)).isEqualTo(day);
    }

    @Test
    void anUnknownZoneMayBeADayAheadOfUtc() {
        assertThat(ZONES.convert("").at(Instant.parse("2026-02-28T12:00:00Z"))).isEqualTo("2026-03-01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hongkong City", "GMT+25", "../etc"})
    void aNameThatIsNoZoneIsRefused(String name) {
        assertThatThrownBy(() -> ZONES.convert(name))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("'" + name + "' is not a time zone.");
    }
}
