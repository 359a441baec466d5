package dev.lakehouse.workflow;

import java.util.LinkedHashMap;
import java.util.Map;

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

    /** A task's work with all references replaced by their values. */
    TaskSpec resolve(TaskSpec work, String place) {
        TaskSpec filled = work.map(text -> fill(text, place));
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
