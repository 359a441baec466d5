package dev.lakehouse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class UserErrorTest {
    @Test
    void theFirstLineIsTheFirstThatSaysSomething() {
        assertThat(UserError.firstLine(new IllegalStateException("\n  \nIt broke.\nplan")))
                .isEqualTo("It broke.");
    }

    @Test
    void aMessageThatSaysNothingIsReplacedByTheExceptionsClass() {
        assertThat(UserError.firstLine(new IllegalStateException())).isEqualTo("IllegalStateException");
        assertThat(UserError.firstLine(new IllegalStateException(" \n"))).isEqualTo("IllegalStateException");
    }
}
