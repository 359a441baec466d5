package dev.lakehouse.workflow;

import dev.lakehouse.UserError;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the references of one run stand for; task values come in as tasks end. */
final class RunValues {
    private final String runId;
    private final Instant start;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> taskValues = new HashMap<>();

    /**
     * The values at the start of a run.
     *
     * @param overrides parameters that replace the workflow's defaults; others are left alone
     */
    RunValues(Workflow workflow, String runId, Instant start, Map<String, String> overrides) {
        this.runId = runId;
        this.start = start;
        workflow.parameters()
                .forEach((name, value) ->
                        parameters.put(name, fill(overrides.getOrDefault(name, value), workflow.place())));
    }

    /** The job's parameters, resolved. */
    Map<String, String> parameters() {
        return parameters;
    }

    void publish(String task, Map<String, String> values) {
        taskValues.put(task, values);
    }

    /** A task's work with every reference replaced by its value. */
    Work resolve(Work work, String place) {
        if (work instanceof Work.Jar jar) {
            return new Work.Jar(
                    jar.mainClass(),
                    jar.parameters().stream().map(text -> fill(text, place)).toList());
        }
        Work.Sql sql = (Work.Sql) work;
        Map<String, String> values = new LinkedHashMap<>();
        sql.parameters().forEach((name, text) -> values.put(name, fill(text, place)));
        // Databricks hands the job's parameters to every task whose parameters have names, and they win there.
        values.putAll(parameters);
        return new Work.Sql(sql.path(), values);
    }

    private String fill(String text, String place) {
        return Reference.fill(text, place, reference -> value(reference, place));
    }

    private String value(Reference reference, String place) {
        if (reference instanceof Reference.Parameter parameter) {
            return parameters.get(parameter.name());
        }
        if (reference instanceof Reference.StartTime time) {
            return time.form().of(start);
        }
        if (reference instanceof Reference.TaskValue wanted) {
            String value = taskValues.getOrDefault(wanted.task(), Map.of()).get(wanted.key());
            if (value == null) {
                throw new UserError(
                        place + " needs the value '" + wanted.key() + "' of task '" + wanted.task() + "'.",
                        "That task did not publish it in this run.",
                        "Let it publish the value, or correct the reference.");
            }
            return value;
        }
        return runId;
    }
}
