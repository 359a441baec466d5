package dev.lakehouse.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {

    @Test
    void aTextMayHoldSeveralReferences() {
        String text = "{{job.parameters.as-of.day}}/{{ job.run_id }}";

        assertThat(Reference.parameters(text, "x")).containsExactly("as-of.day");
        assertThat(Reference.fill(text, "x", "17", name -> "value of " + name)).isEqualTo("value of as-of.day/17");
    }

    @Test
    void textWithoutReferencesIsLeftAlone() {
        assertThat(Reference.fill("{\"a\": {\"b\": 1}} $1 \\", "x", "never", name -> "never"))
                .isEqualTo("{\"a\": {\"b\": 1}} $1 \\");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "job.id",
                "job.name",
                "job.trigger.type",
                "job.start_time",
                "job.start_time.iso_date",
                "job.parameters.",
                "task.name",
                "tasks.a.result_state",
                "tasks.a.values.x",
                "secrets/scope/key",
                "run_id",
                ""
            })
    void anUnknownReferenceIsRefusedByName(String name) {
        assertThatThrownBy(() -> Reference.parameters("--x={{" + name + "}}", "w.yml, job j, task t"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("w.yml, job j, task t: the reference {{" + name + "}} is not supported");
    }

    @Test
    void bracesThatAreNotClosedAreRefused() {
        assertThatThrownBy(() -> Reference.parameters("{{job.run_id} {{job.run_id", "here"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("has {{ without }}");
    }
}
