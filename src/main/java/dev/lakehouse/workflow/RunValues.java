package dev.lakehouse.workflow;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the references of one run stand for. */
final class RunValues {
    private final String runId;
    private final Map<String, String> parameters = new LinkedHashMap<>();

    /**
     * The values at the start of a run.
     *
     * @param overrides parameters that replace the workflow's defaults; others are left alone
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

    /** A task's work with every reference replaced by its value. */
    TaskSpec resolve(TaskSpec work, String place) {
        TaskSpec filled = work.map(text -> fill(text, place));
        if (filled instanceof TaskSpec.Sql sql) {
            Map<String, String> values = new LinkedHashMap<>(sql.parameters());
            // Databricks hands the job's parameters to every task whose parameters have names, and they win there.
            values.putAll(parameters);
            return new TaskSpec.Sql(sql.path(), values);
        }
        return filled;
    }

    private String fill(String text, String place) {
        return Reference.fill(text, place, runId, parameters::get);
    }
}
