package dev.lakehouse.workflow;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A workflow as its file defines it: one job of a Databricks bundle.
 *
 * @param file where it is defined
 * @param key its name in the bundle, by which it is run
 * @param name its name on Databricks
 * @param product tag {@code product}: its data product
 * @param runsAfter tag {@code runs_after}: the workflow of the same product that precedes it
 * @param starts what starts it on Databricks: its schedule or trigger, as in the file
 * @param parameters defaults of the job's parameters, in the file's order
 * @param tasks the tasks, in the file's order
 * @param timeout the time limit of a run; zero for none
 * @param ignored which of the file's settings are for Databricks only, such as {@code schedule} or
 *     {@code tasks.libraries}
 */
public record Workflow(
        Path file,
        String key,
        String name,
        Optional<String> product,
        Optional<String> runsAfter,
        String starts,
        Map<String, String> parameters,
        List<WorkflowTask> tasks,
        Duration timeout,
        List<String> ignored) {

    public Workflow {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        tasks = List.copyOf(tasks);
        ignored = List.copyOf(ignored);
    }

    Workflow with(String changedName, Map<String, String> changedParameters, List<WorkflowTask> changedTasks) {
        return new Workflow(
                file, key, changedName, product, runsAfter, starts, changedParameters, changedTasks, timeout, ignored);
    }

    /**
     * The same workflow with some of its tasks, in the same order. Their other dependencies are assumed to have
     * succeeded.
     *
     * @param keys the tasks; unknown keys are ignored
     */
    public Workflow only(Collection<String> keys) {
        return with(
                name,
                parameters,
                tasks.stream()
                        .filter(task -> keys.contains(task.key()))
                        .map(task -> task.dependingOnly(keys))
                        .toList());
    }

    /** The workflow's location, for messages. */
    String place() {
        return YamlNode.display(file) + ", job " + key;
    }

    /** A task's location, for messages. */
    String place(WorkflowTask task) {
        return place() + ", task " + task.key();
    }

    /** The location of the task that a {@code for_each_task} repeats, for messages. */
    String place(WorkflowTask task, TaskSpec.ForEach each) {
        return place(task) + ", task " + each.task().key();
    }
}
