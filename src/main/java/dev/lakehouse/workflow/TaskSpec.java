package dev.lakehouse.workflow;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a task does. Its texts hold references until a run resolves them. */
public sealed interface TaskSpec {

    /**
     * A {@code spark_jar_task}: calls a class's {@code main}.
     *
     * @param parameters the arguments of {@code main}
     */
    record Jar(String mainClass, List<String> parameters) implements TaskSpec {
        public Jar {
            parameters = List.copyOf(parameters);
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

        /** The SQL file of a workflow's task. */
        public Path file(Workflow workflow) {
            return workflow.file().resolveSibling(path).normalize();
        }
    }
}
