package dev.lakehouse.remote;

import com.databricks.sdk.service.jobs.Run;
import com.databricks.sdk.service.jobs.RunTask;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The state of a run at one time.
 *
 * @param name the job's name
 * @param link its page in the workspace
 * @param attempts of its tasks, each attempt separately
 */
record FollowedRun(long id, String name, String link, RunState state, List<Attempt> attempts) {

    /**
     * An attempt of a task.
     *
     * @param runId the attempt's run id, which identifies its output
     * @param number from 0
     * @param isForEach whether it has iterations, which are attempts of a run of its own
     */
    record Attempt(long runId, String task, long number, String link, RunState state, boolean isForEach) {
        private static Attempt of(RunTask task) {
            return new Attempt(
                    task.getRunId() == null ? 0 : task.getRunId(),
                    HostileText.line(String.valueOf(task.getTaskKey())),
                    task.getAttemptNumber() == null ? 0 : task.getAttemptNumber(),
                    text(task.getRunPageUrl()),
                    RunState.of(task.getState(), task.getStartTime(), task.getEndTime()),
                    task.getForEachTask() != null);
        }
    }

    static FollowedRun of(Run run) {
        return new FollowedRun(
                run.getRunId(),
                text(run.getRunName()),
                text(run.getRunPageUrl()),
                RunState.of(run.getState(), run.getStartTime(), run.getEndTime()),
                attempts(run.getTasks()));
    }

    /** The iterations of a {@code for_each_task}'s run, each attempt separately. */
    static List<Attempt> iterations(Run run) {
        return attempts(run.getIterations());
    }

    private static List<Attempt> attempts(Collection<RunTask> tasks) {
        return Optional.ofNullable(tasks).stream()
                .flatMap(Collection::stream)
                .map(Attempt::of)
                .toList();
    }

    private static String text(String from) {
        return from == null ? "" : HostileText.line(from);
    }
}
