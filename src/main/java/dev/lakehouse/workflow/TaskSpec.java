package dev.lakehouse.workflow;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The work of a task. Its texts contain references until a run resolves them. */
public sealed interface TaskSpec {
    /** The same work with each text changed. */
    TaskSpec map(UnaryOperator<String> change);

    /** The values that it passes to its class or file. */
    Collection<String> values();

    /**
     * A {@code spark_jar_task}: calls a class's {@code main}.
     *
     * @param parameters the arguments of {@code main}
     */
    record Jar(String mainClass, List<String> parameters) implements TaskSpec {
        public Jar {
            parameters = List.copyOf(parameters);
        }

        @Override
        public Jar map(UnaryOperator<String> change) {
            return new Jar(
                    change.apply(mainClass), parameters.stream().map(change).toList());
        }

        @Override
        public List<String> values() {
            return parameters;
        }
    }

    /**
     * A {@code sql_task} with a file.
     *
     * @param path the file, relative to the workflow's own
     * @param parameters values of the file's named parameters
     */
    record Sql(String path, Map<String, String> parameters) implements TaskSpec {
        public Sql {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }

        @Override
        public Sql map(UnaryOperator<String> change) {
            Map<String, String> changed = new LinkedHashMap<>(parameters);
            changed.replaceAll((name, text) -> change.apply(text));
            return new Sql(change.apply(path), changed);
        }

        @Override
        public Collection<String> values() {
            return parameters.values();
        }

        /** The SQL file of a workflow's task. */
        public Path file(Workflow workflow) {
            return workflow.file().resolveSibling(path).normalize();
        }
    }

    /**
     * A {@code for_each_task}: does a task once for each input. The inputs are a JSON array, which {@link Inputs} reads.
     *
     * @param concurrency how many iterations run at the same time at most
     * @param task the task; <code>{{input}}</code> in it is the input of an iteration
     */
    record ForEach(String inputs, int concurrency, WorkflowTask task) implements TaskSpec {
        @Override
        public ForEach map(UnaryOperator<String> change) {
            return new ForEach(
                    change.apply(inputs), concurrency, task.withWork(task.work().map(change)));
        }

        /** Only the inputs. The task has values of its own, with other references. */
        @Override
        public List<String> values() {
            return List.of(inputs);
        }

        ForEach withInputs(String changed) {
            return new ForEach(changed, concurrency, task);
        }
    }
}
