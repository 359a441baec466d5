package dev.lakehouse.connect;

import dev.lakehouse.connect.ConnectClient.Ended;
import dev.lakehouse.testing.TestLakehouse;
import dev.lakehouse.workflow.TaskSpec;
import dev.lakehouse.workflow.Workflow;
import dev.lakehouse.workflow.WorkflowTask;
import dev.lakehouse.workflow.Workflows;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;

/**
 * The tasks of the workflow files on Spark Connect: each with the parameters that its file gives, after the tasks that it
 * depends on, and once.
 */
final class ConnectTasks {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{var\\.(\\w+)}|\\{\\{job\\.(?:parameters\\.)?(\\w+)}}");

    private final ConnectServer server;
    private final ConnectClient client;
    private final Map<String, String> variables;
    private final Map<String, String> parameters;
    private final List<Workflow> workflows =
            Workflows.read(ClassPath.ROOT.resolve("workflows")).all();
    private final Map<String, Ended> ended = new HashMap<>();

    /**
     * Tasks of one server.
     *
     * @param variables the bundle's variables
     * @param parameters parameters of jobs that are not left at their defaults
     */
    ConnectTasks(
            ConnectServer server, ConnectClient client, Map<String, String> variables, Map<String, String> parameters) {
        this.server = server;
        this.client = client;
        this.variables = variables;
        this.parameters = parameters;
    }

    /**
     * Runs a task of a workflow unless it has been run.
     *
     * @param task the simple name of its main class
     */
    Ended run(String workflow, String task) {
        Workflow found = workflows.stream()
                .filter(one -> one.key().equals(workflow))
                .findFirst()
                .orElseThrow();
        WorkflowTask known = found.tasks().stream()
                .filter(one -> one.work() instanceof TaskSpec.Jar jar
                        && simpleName(jar).equals(task))
                .findFirst()
                .orElseThrow();
        return run(found, known);
    }

    private Ended run(Workflow workflow, WorkflowTask task) {
        TaskSpec.Jar jar = (TaskSpec.Jar) task.work();
        String runId = runId(workflow.key(), simpleName(jar));
        if (!ended.containsKey(runId)) {
            for (String before : task.dependsOn()) {
                run(workflow, task(workflow, before));
            }
            ended.put(runId, run(jar.mainClass(), runId, workflow.parameters(), jar.parameters()));
        }
        return ended.get(runId);
    }

    /** Runs a class that no workflow names, with parameters as a file would give them. */
    Ended run(String mainClass, String runId, List<String> arguments) {
        return run(mainClass, runId, Map.of(), arguments);
    }

    private Ended run(String mainClass, String runId, Map<String, String> defaults, List<String> arguments) {
        return client.run(
                mainClass,
                arguments.stream().map(text -> fill(text, runId, defaults)).toList());
    }

    private String fill(String text, String runId, Map<String, String> defaults) {
        return REFERENCE.matcher(text).replaceAll(match -> {
            String name = match.group(2);
            String value = name == null
                    ? variables.get(match.group(1))
                    : name.equals("run_id")
                            ? runId
                            : fill(parameters.getOrDefault(name, defaults.get(name)), runId, defaults);
            return Matcher.quoteReplacement(value);
        });
    }

    private static WorkflowTask task(Workflow workflow, String key) {
        return workflow.tasks().stream()
                .filter(task -> task.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static String simpleName(TaskSpec.Jar jar) {
        return jar.mainClass().replaceFirst(".*\\.", "");
    }

    private static String runId(String workflow, String task) {
        return workflow + "." + task;
    }

    /** Columns of a task's rows in the ledger. */
    List<String> ledger(String workflow, String task, String columns) {
        return rows("SELECT outcome, " + columns + " FROM {ops.task_runs} WHERE task = '" + task + "' AND run_id = '"
                + runId(workflow, task) + "'");
    }

    /** The rows of a query, read without Connect; {@code {schema.table}} in it is a table of the server's catalogue. */
    List<String> rows(String query) {
        String sql = Pattern.compile("\\{(\\w+)\\.(\\w+)}")
                .matcher(query)
                .replaceAll(match -> Matcher.quoteReplacement(delta(match.group(1), match.group(2))));
        return TestLakehouse.session().sql(sql).collectAsList().stream()
                .map(ConnectTasks::text)
                .toList();
    }

    private String delta(String schema, String table) {
        Path folder = server.table(schema, table);
        return "delta.`" + folder + "`";
    }

    private static String text(Row row) {
        return row.mkString("|");
    }
}
