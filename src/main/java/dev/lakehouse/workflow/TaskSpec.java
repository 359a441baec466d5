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
}
