package dev.lakehouse.workflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of references in one run. */
final class RunValues {
    private final String runId;
    private final Map<String, String> parameters = new LinkedHashMap<>();

    /**
     * The values at the start of a run.
     *
     * @param overrides values of the workflow's parameters in place of their defaults; other names are ignored
     */
    RunValues(Workflow workflow, String runId, Map<String, String> overrides) {
        this.runId = runId;
        workflow.parameters()
                .forEach((name, value) ->
                        parameters.put(name, fill(overrides.getOrDefault(name, value), workflow.place())));
    }

    /** The job's parameters, resolved. */
    Map<String, String> parameters() {
        return parameters;
    }

    /** A task's work with its references replaced by their values; of a {@code for_each_task} only those in the inputs. */
    TaskSpec resolve(TaskSpec work, String place) {
        return work instanceof TaskSpec.ForEach each
                ? each.withInputs(fill(each.inputs(), place))
                : resolve(work, place, Optional.empty());
    }

    /**
     * The iterations of a {@code for_each_task}, in the order of its inputs: for each a task whose key names the input, with all
     * references replaced.
     *
     * @param each its work, resolved
     */
    List<WorkflowTask> iterations(Workflow workflow, WorkflowTask task, TaskSpec.ForEach each) {
        String place = workflow.place(task, each);
        return Inputs.read(each.inputs(), workflow.place(task)).stream()
                .map(input -> each.task()
                        .withKey(task.key() + " [" + Inputs.shown(input) + "]")
                        .withWork(resolve(each.task().work(), place, Optional.of(input))))
                .toList();
    }

    private TaskSpec resolve(TaskSpec work, String place, Optional<String> input) {
        TaskSpec filled = work.map(text -> Reference.fill(text, place, runId, parameters::get, input));
        if (filled instanceof TaskSpec.Sql sql) {
            Map<String, String> values = new LinkedHashMap<>(sql.parameters());
            // Databricks passes job parameters to every task with named parameters, where they take precedence.
            values.putAll(parameters);
            return new TaskSpec.Sql(sql.path(), values);
        }
        return filled;
    }

    private String fill(String text, String place) {
        return Reference.fill(text, place, runId, parameters::get);
    }
}
