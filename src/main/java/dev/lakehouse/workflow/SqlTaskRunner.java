package dev.lakehouse.workflow;

import java.nio.file.Path;
import java.util.Map;

/** Runs the SQL files of {@code sql_task}s: the one thing that a workflow needs and this package does not have. */
@FunctionalInterface
public interface SqlTaskRunner {

    /**
     * Runs all statements of a file.
     *
     * @param parameters values of named parameters ({@code :name}); as on Databricks the job's are among them, so the
     *     file may not use all of them
     */
    void run(Path file, Map<String, String> parameters) throws Exception;
}
