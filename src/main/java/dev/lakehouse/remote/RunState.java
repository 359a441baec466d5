package dev.lakehouse.remote;

import com.databricks.sdk.service.jobs.RunLifeCycleState;
import com.databricks.sdk.service.jobs.RunResultState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The state of a run or of a task's attempt.
 *
 * @param word the workspace's term: the result if it has ended, otherwise the current state
 * @param message the workspace's message; may be empty
 * @param start when it started; empty before the start
 * @param duration from its start to its end; empty before the end
 */
record RunState(String word, String message, boolean hasEnded, Optional<Instant> start, Optional<Duration> duration) {
    private static final Set<RunLifeCycleState> ENDS =
            Set.of(RunLifeCycleState.TERMINATED, RunLifeCycleState.SKIPPED, RunLifeCycleState.INTERNAL_ERROR);

    /** Results with their own error. The others are caused by another task or by a user. */
    private static final Set<String> FAILURES = Set.of(
            RunResultState.FAILED.name(), RunResultState.TIMEDOUT.name(), RunLifeCycleState.INTERNAL_ERROR.name());

    static RunState of(com.databricks.sdk.service.jobs.RunState state, Long startMillis, Long endMillis) {
        Optional<Instant> start = moment(startMillis);
        Optional<Duration> duration =
                moment(endMillis).flatMap(end -> start.map(begin -> Duration.between(begin, end)));
        if (state == null || state.getLifeCycleState() == null) {
            return new RunState("UNKNOWN", "", false, start, duration);
        }
        boolean ended = ENDS.contains(state.getLifeCycleState());
        String word = state.getResultState() != null && ended
                ? state.getResultState().name()
                : state.getLifeCycleState().name();
        return new RunState(
                word,
                state.getStateMessage() == null ? "" : state.getStateMessage(),
                ended,
                start,
                duration.filter(passed -> ended));
    }

    private static Optional<Instant> moment(Long millis) {
        return Optional.ofNullable(millis).filter(value -> value > 0).map(Instant::ofEpochMilli);
    }

    boolean isSuccess() {
        return word.equals(RunResultState.SUCCESS.name());
    }

    boolean isFailure() {
        return FAILURES.contains(word);
    }
}
