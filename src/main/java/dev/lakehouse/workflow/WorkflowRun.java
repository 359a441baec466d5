package dev.lakehouse.workflow;

import dev.lakehouse.UserError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The result of a workflow's run.
 *
 * @param workflow the workflow with its variables replaced
 * @param runId the value of {@code job.run_id}
 * @param tasks all tasks, in the order in which they ran
 */
public record WorkflowRun(Workflow workflow, String runId, Outcome outcome, List<TaskRun> tasks, Duration duration) {

    private static final int MOST_NAMED = 5;

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

    /** The failed tasks and iterations, as {@code workflow, tasks: problem}. */
    public List<String> failures() {
        return failures((task, failure) -> ": " + problem(failure)).stream()
                .map(failure -> workflow.key() + ", " + failure)
                .toList();
    }

    /**
     * The failed tasks and iterations, each followed by a text about its failure. Those with the same text are one element: a
     * server that does not answer fails every table of a database.
     */
    List<String> failures(BiFunction<TaskRun, Throwable, String> text) {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        tasks.stream()
                .flatMap(task -> Stream.concat(Stream.of(task), task.iterations().stream()))
                .forEach(task -> task.failure()
                        .ifPresent(failure -> keys.computeIfAbsent(text.apply(task, failure), same -> new ArrayList<>())
                                .add(task.key())));
        return keys.entrySet().stream()
                .map(same -> named(same.getValue()) + same.getKey())
                .toList();
    }

    private static String named(List<String> keys) {
        int more = keys.size() - MOST_NAMED;
        return keys.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static String problem(Throwable failure) {
        UserError error = UserError.within(failure);
        return error == null ? failure.getClass().getSimpleName() + " (see the log)" : error.problem();
    }
}
