package dev.lakehouse.workflow;

import dev.lakehouse.UserError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The order of a workflow's tasks, which run sequentially: the next task is always the first in the file whose
 * dependencies have ended.
 */
final class TaskOrder {
    private TaskOrder() {}

    /**
     * All tasks, each after its dependencies. Throws a {@link UserError} that names a dependency that cannot be met.
     */
    static List<WorkflowTask> of(Workflow workflow) {
        refuseUnknown(workflow);
        List<WorkflowTask> waiting = new ArrayList<>(workflow.tasks());
        List<WorkflowTask> order = new ArrayList<>();
        Set<String> ended = new HashSet<>();
        while (!waiting.isEmpty()) {
            WorkflowTask next = waiting.stream()
                    .filter(task -> ended.containsAll(task.dependsOn()))
                    .findFirst()
                    .orElseThrow(() -> cycle(workflow, waiting));
            waiting.remove(next);
            order.add(next);
            ended.add(next.key());
        }
        return List.copyOf(order);
    }

    private static void refuseUnknown(Workflow workflow) {
        Set<String> known = workflow.tasks().stream().map(WorkflowTask::key).collect(Collectors.toSet());
        for (WorkflowTask task : workflow.tasks()) {
            for (String key : task.dependsOn()) {
                if (!known.contains(key)) {
                    throw new UserError(
                            workflow.place(task) + " depends on '" + key + "', which is not a task.",
                            "A dependency must be a task of the same job.",
                            "Correct depends_on, or add the task.");
                }
            }
        }
    }

    private static UserError cycle(Workflow workflow, List<WorkflowTask> waiting) {
        Map<String, WorkflowTask> byKey = waiting.stream().collect(Collectors.toMap(WorkflowTask::key, task -> task));
        List<String> path = new ArrayList<>();
        // Every waiting task depends on another waiting task, so following dependencies finds a cycle.
        String key = waiting.get(0).key();
        while (!path.contains(key)) {
            path.add(key);
            key = byKey.get(key).dependsOn().stream()
                    .filter(byKey::containsKey)
                    .findFirst()
                    .orElseThrow();
        }
        List<String> circle = new ArrayList<>(path.subList(path.indexOf(key), path.size()));
        circle.add(key);
        return new UserError(
                workflow.place() + ": tasks depend on each other in a cycle.",
                String.join(" depends on ", circle) + ".",
                "Remove one of these dependencies.");
    }
}
