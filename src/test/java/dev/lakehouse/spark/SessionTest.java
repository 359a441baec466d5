package dev.lakehouse.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.testing.TestLakehouse;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static final String SET = "spark.lakehouse.test.set";
    private static final String UNSET = "spark.lakehouse.test.unset";

    @Test
    void settingsHoldDuringTheWorkAndAreThenAsBeforeAlsoAfterAFailure() {
        SparkSession one = Session.beside(TestLakehouse.session());
        SparkSession other = Session.beside(TestLakehouse.session());
        one.conf().set(SET, "before");
        Map<String, String> settings = Map.of(SET, "during", UNSET, "during");

        String seen = Session.with(
                settings,
                List.of(one, other, one),
                () -> one.conf().get(SET) + other.conf().get(SET) + other.conf().get(UNSET));
        assertThat(seen).isEqualTo("duringduringduring");
        assertThatThrownBy(() -> Session.with(settings, List.of(one, other), () -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");

        assertThat(Session.setting(one, SET)).hasValue("before");
        assertThat(Session.setting(one, UNSET)).isEmpty();
        assertThat(Session.setting(other, SET)).isEmpty();
        assertThat(Session.setting(other, UNSET)).isEmpty();
    }
}
