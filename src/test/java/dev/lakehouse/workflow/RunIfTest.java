package dev.lakehouse.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RunIfTest {

    @ParameterizedTest(name = "{0} after {1}: {2}")
    @CsvSource({
        "ALL_SUCCESS,          succeeded succeeded,  run",
        "ALL_SUCCESS,          succeeded failed,     upstream_failed",
        "ALL_SUCCESS,          timed_out,            upstream_failed",
        "ALL_SUCCESS,          upstream_failed,      upstream_failed",
        "ALL_SUCCESS,          succeeded excluded,   run",
        "NONE_FAILED,          succeeded excluded,   run",
        "NONE_FAILED,          succeeded failed,     upstream_failed",
        "ALL_DONE,             succeeded failed,     run",
        "ALL_DONE,             failed timed_out,     run",
        "AT_LEAST_ONE_SUCCESS, succeeded failed,     run",
        "AT_LEAST_ONE_SUCCESS, excluded failed,      run",
        "AT_LEAST_ONE_SUCCESS, failed failed,        upstream_failed",
        "ALL_FAILED,           failed timed_out,     run",
        "ALL_FAILED,           failed upstream_failed, run",
        "ALL_FAILED,           failed succeeded,     excluded",
        "ALL_FAILED,           failed excluded,      excluded",
        "AT_LEAST_ONE_FAILED,  failed succeeded,     run",
        "AT_LEAST_ONE_FAILED,  upstream_failed,      run",
        "AT_LEAST_ONE_FAILED,  succeeded excluded,   excluded",
    })
    void aTaskRunsOrEndsByWhatItsDependenciesDid(RunIf runIf, String dependencies, String expected) {
        List<TaskOutcome> outcomes = Arrays.stream(dependencies.split(" ", -1))
                .map(RunIfTest::outcome)
                .toList();

        assertThat(runIf.outcomeWithoutRun(outcomes))
                .isEqualTo("run".equals(expected) ? Optional.empty() : Optional.of(outcome(expected)));
    }

    @ParameterizedTest
    @EnumSource
    void aTaskWhoseDependenciesWereAllExcludedIsExcluded(RunIf runIf) {
        assertThat(runIf.outcomeWithoutRun(List.of(TaskOutcome.EXCLUDED, TaskOutcome.EXCLUDED)))
                .contains(TaskOutcome.EXCLUDED);
    }

    @ParameterizedTest
    @EnumSource
    void aTaskWithoutDependenciesRuns(RunIf runIf) {
        assertThat(runIf.outcomeWithoutRun(List.of())).isEmpty();
    }

    @Test
    void theLeavesDecideHowARunEnded() {
        List<TaskOutcome> all = List.of(TaskOutcome.FAILED, TaskOutcome.SUCCEEDED);

        assertThat(RunOutcome.of(all, List.of(TaskOutcome.SUCCEEDED))).isEqualTo(RunOutcome.SUCCEEDED_WITH_FAILURES);
        assertThat(RunOutcome.of(all, List.of(TaskOutcome.FAILED))).isEqualTo(RunOutcome.FAILED);
        assertThat(RunOutcome.of(all, List.of(TaskOutcome.UPSTREAM_FAILED))).isEqualTo(RunOutcome.FAILED);
        assertThat(RunOutcome.of(List.of(TaskOutcome.EXCLUDED), List.of(TaskOutcome.EXCLUDED)))
                .isEqualTo(RunOutcome.SUCCEEDED);
    }

    private static TaskOutcome outcome(String name) {
        return TaskOutcome.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
