package dev.lakehouse.workflow;

import dev.lakehouse.UserError;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The result of a workflow's run.
 *
 * @param workflow the workflow with its variables replaced
 * @param runId the value of {@code job.run_id}
 * @param tasks all tasks, in the order in which they ran
 */
public record WorkflowRun(Workflow workflow, String runId, Outcome outcome, List<TaskRun> tasks, Duration duration) {

    public WorkflowRun {
        tasks = List.copyOf(tasks);
    }

    /** Whether the workflows after it may start. */
    boolean isUsable() {
        return outcome == Outcome.SUCCEEDED || isPartial();
    }

    /** Whether only some inputs of {@code for_each_task}s have failed, and nothing else. */
    public boolean isPartial() {
        return outcome == Outcome.FAILED
                && tasks.stream()
                        .filter(task -> task.outcome().isFailure())
                        .allMatch(task -> isPartial(task.iterations()));
    }

    /** Nothing of them may run any more, which is not known of one that was stopped. */
    private static boolean isPartial(List<TaskRun> iterations) {
        return iterations.stream().anyMatch(iteration -> iteration.outcome() == Outcome.SUCCEEDED)
                && iterations.stream()
                        .allMatch(iteration ->
                                iteration.outcome() == Outcome.SUCCEEDED || iteration.outcome() == Outcome.FAILED);
    }

    /** The failed tasks and iterations, each as {@code workflow, task: problem}. */
    public List<String> failures() {
        return tasks.stream()
                .flatMap(task -> Stream.concat(Stream.of(task), task.iterations().stream()))
                .flatMap(task -> task.failure().stream()
                        .map(failure -> workflow.key() + ", " + task.key() + ": " + problem(failure)))
                .toList();
    }

    private static String problem(Throwable failure) {
        UserError error = UserError.within(failure);
        return error == null ? failure.getClass().getSimpleName() + " (see the log)" : error.problem();
    }
}
