package dev.lakehouse.workflow;

import java.nio.file.Path;
import java.util.Map;

/** Runs the SQL files of {@code sql_task}s. The caller of this package implements it. */
@FunctionalInterface
public interface SqlTaskRunner {

    /**
     * Runs all statements of a file.
     *
     * @param parameters values of named parameters ({@code :name}); as on Databricks they include the job's parameters,
     *     so the file may not use all of them
     */
    void run(Path file, Map<String, String> parameters) throws Exception;
}
