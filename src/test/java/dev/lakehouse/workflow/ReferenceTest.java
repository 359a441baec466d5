package dev.lakehouse.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {

    @Test
    void aTextMayHoldSeveralReferences() {
        assertThat(Reference.in(
                        "{{job.parameters.as-of.day}}/{{ job.run_id }}/{{job.start_time.iso_date}}/{{tasks.a-b.values.c_d}}",
                        "x"))
                .containsExactly(
                        new Reference.Parameter("as-of.day"),
                        new Reference.RunId(),
                        new Reference.StartTime(Reference.Form.ISO_DATE),
                        new Reference.TaskValue("a-b", "c_d"));
    }

    @Test
    void textWithoutReferencesIsLeftAlone() {
        assertThat(Reference.fill("{\"a\": {\"b\": 1}} $1 \\", "x", reference -> "never"))
                .isEqualTo("{\"a\": {\"b\": 1}} $1 \\");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "job.id",
                "job.name",
                "job.trigger.type",
                "job.start_time",
                "job.start_time.week",
                "job.start_time.ISO_DATE",
                "job.parameters.",
                "task.name",
                "tasks.a.result_state",
                "tasks.a.values",
                "secrets/scope/key",
                "run_id",
                ""
            })
    void anUnknownReferenceIsRefusedByName(String name) {
        assertThatThrownBy(() -> Reference.in("--x={{" + name + "}}", "w.yml, job j, task t"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("w.yml, job j, task t: the reference {{" + name + "}} is not supported");
    }

    @Test
    void bracesThatAreNotClosedAreRefused() {
        assertThatThrownBy(() -> Reference.in("{{job.run_id} {{job.run_id", "here"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("has {{ without }}");
    }

    @ParameterizedTest
    @CsvSource({
        "ISO_DATE,     2026-03-01",
        "ISO_DATETIME, 2026-03-01T02:04:05.678Z",
        "ISO_WEEKDAY,  7",
        "IS_WEEKDAY,   false",
        "YEAR,         2026",
        "MONTH,        3",
        "DAY,          1",
        "HOUR,         2",
        "MINUTE,       4",
        "SECOND,       5",
        "TIMESTAMP_MS, 1772330645678",
    })
    void aStartTimeIsShownInUtc(Reference.Form form, String expected) {
        // In this JVM's time zone it is still the day before, a Saturday in February.
        assertThat(form.of(Instant.parse("2026-03-01T02:04:05.678901Z"))).isEqualTo(expected);
    }

    @Test
    void mondayToFridayAreWeekdays() {
        assertThat(Reference.Form.IS_WEEKDAY.of(Instant.parse("2026-02-27T00:00:00Z")))
                .isEqualTo("true");
        assertThat(Reference.Form.IS_WEEKDAY.of(Instant.parse("2026-02-28T00:00:00Z")))
                .isEqualTo("false");
    }
}
