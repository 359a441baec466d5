package dev.lakehouse.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.UserError;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class StreamErrorsTest {
    private final StreamErrors errors = new StreamErrors("kafka.internal:9092", "orders", "s3a://lake/checkpoint");

    @Test
    void aKafkaThatDoesNotAnswerOrDoesNotLetInIsNamed() {
        assertThat(errors.explain(new ExecutionException(new TimeoutException("Timed out waiting for a node"))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Kafka does not answer at kafka.internal:9092.");
        assertThat(errors.explain(new IllegalStateException(new SaslAuthenticationException("failed"))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("refuses this account");
    }

    @Test
    void aUsersErrorWithinIsToldAsItIsAndADefectStaysOne() {
        UserError known = new UserError("problem", "cause", "fix");

        assertThat(errors.explain(new IllegalStateException(known))).isSameAs(known);
        assertThat(errors.explain(new ExecutionException(new ArithmeticException("overflow"))))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseInstanceOf(ArithmeticException.class);
    }
}
