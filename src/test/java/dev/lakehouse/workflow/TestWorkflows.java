package dev.lakehouse.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Workflow files of tests. */
final class TestWorkflows {
    /** A file that is right, and small enough to count its lines. */
    static final String SMALL = """
            resources:
              jobs:
                small:
                  parameters:
                    - name: rows
                      default: "10"
                  tasks:
                    - task_key: first
                      spark_jar_task:
                        main_class_name: shop.First
                    - task_key: second
                      depends_on:
                        - task_key: first
                      spark_jar_task:
                        main_class_name: shop.Second
            """;

    private TestWorkflows() {}

    /** Writes a file with one job and reads it. */
    static List<Workflow> read(Path directory, String key, String job) {
        return WorkflowReader.read(write(directory, key, job));
    }

    /** Writes a file with one job. */
    static Path write(Path directory, String key, String job) {
        return writeFile(directory, key + ".yml", "resources:\n  jobs:\n    " + key + ":\n" + job.indent(6));
    }

    static Path writeFile(Path directory, String name, String text) {
        try {
            return Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Names of the test's tasks in place of the words that stand for them. */
    static String fill(String job, Path seen) {
        return job.replace("SEEN", seen.toString())
                .replace("COUNT", TestTasks.name(TestTasks.Count.class))
                .replace("APPEND", TestTasks.name(TestTasks.Append.class))
                .replace("FAIL_TIMES", TestTasks.name(TestTasks.FailTimes.class))
                .replace("FAIL_AS_USER", TestTasks.name(TestTasks.FailAsUser.class))
                .replace("MEET", TestTasks.name(TestTasks.Meet.class))
                .replace("SETTLE", TestTasks.name(TestTasks.Settle.class))
                .replace("HANG_ON", TestTasks.name(TestTasks.HangOn.class))
                .replace("HANG", TestTasks.name(TestTasks.Hang.class));
    }

    /** Variables for local runs, from a file with these lines. */
    static LocalVariables variables(Path directory, String... lines) {
        String text = "variables:\n" + String.join("\n", lines).indent(2);
        return LocalVariables.read(writeFile(directory, "local.yml", text));
    }
}
