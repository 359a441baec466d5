package dev.lakehouse.workflow;

import dev.lakehouse.TextTable;
import dev.lakehouse.UserError;
import dev.lakehouse.task.Report;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Prints runs: each task with its duration, a table at the end, then failures. Optionally it also prints the parameters
 * that each task would have on Databricks.
 *
 * @param out the output, to which tasks print as well
 * @param withParameters whether the parameters of runs and tasks are printed
 */
public record ConsoleReport(PrintStream out, boolean withParameters) implements RunListener {
    private static final int WIDTH = 100;
    private static final int MOST_LISTED = 20;

    @Override
    public void runStarted(Workflow workflow, String runId, Map<String, String> parameters) {
        out.println("== " + workflow.key() + " (run " + runId + ")");
        if (withParameters && !parameters.isEmpty()) {
            wrap("parameters: ", named(parameters));
        }
    }

    @Override
    public void taskStarted(WorkflowTask task, TaskSpec resolved, int attempt) {
        out.println("-- " + task.key() + (attempt > 1 ? " (attempt " + attempt + ")" : ""));
        if (resolved instanceof TaskSpec.ForEach each && each.concurrency() > 1) {
            out.println("   up to " + each.concurrency() + " iterations at the same time");
        }
        if (!withParameters) {
            return;
        }
        if (resolved instanceof TaskSpec.Jar jar) {
            wrap(jar.mainClass() + " ", jar.parameters());
        } else if (resolved instanceof TaskSpec.Sql sql) {
            wrap(sql.path() + " ", named(sql.parameters()));
        }
    }

    @Override
    public void taskRetried(WorkflowTask task, Throwable failure, Duration pause) {
        out.println("   " + task.key() + " failed: " + defect(failure));
        out.println("   another attempt follows in " + Report.seconds(pause) + " s");
    }

    @Override
    public void taskFinished(TaskRun task) {
        boolean ran = task.attempts() > 0;
        out.println((ran ? "   " : "-- ") + task.key() + ": " + task.outcome()
                + (ran ? ", " + Report.seconds(task.duration()) + " s" : ""));
    }

    @Override
    public void runFinished(WorkflowRun run, List<Workflow> notStarted) {
        out.println();
        table("task", run.tasks());
        run.tasks().forEach(this::iterations);
        out.println("== " + run.workflow().key() + ": " + run.outcome() + ", " + Report.seconds(run.duration()) + " s");
        notStarted.forEach(workflow -> out.println("== " + workflow.key() + ": not started"));
        run.failures(ConsoleReport::message).forEach(failure -> out.println("\n" + failure));
        out.println();
    }

    private void table(String heading, List<TaskRun> tasks) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(heading, "outcome", "attempts", "seconds"));
        tasks.forEach(task -> rows.add(List.of(
                task.key(),
                task.outcome().toString(),
                Integer.toString(task.attempts()),
                Report.seconds(task.duration()))));
        TextTable.lines(rows, Set.of(2, 3)).forEach(out::println);
    }

    /** Of many iterations only those that did not succeed are listed. */
    private void iterations(TaskRun task) {
        List<TaskRun> all = task.iterations();
        List<TaskRun> listed = all.size() <= MOST_LISTED
                ? all
                : all.stream().filter(run -> run.outcome().isFailure()).toList();
        if (!all.isEmpty()) {
            out.println();
        }
        if (!listed.isEmpty()) {
            table("iteration", listed);
        }
        if (listed.size() < all.size()) {
            out.println("   " + (all.size() - listed.size()) + " of " + all.size() + " iterations of " + task.key()
                    + " succeeded");
        }
    }

    private static String message(TaskRun task, Throwable failure) {
        return " " + task.outcome() + ": "
                + Optional.ofNullable(UserError.within(failure))
                        .map(UserError::getMessage)
                        .orElseGet(() -> defect(failure) + "\n  see the log for the stack trace");
    }

    /** Only the first line, because further lines may be a query plan, which belongs in the log. */
    private static String defect(Throwable failure) {
        return failure.getMessage() == null
                ? failure.getClass().getName()
                : failure.getClass().getName() + ": " + UserError.firstLine(failure);
    }

    private static List<String> named(Map<String, String> parameters) {
        List<String> texts = new ArrayList<>();
        parameters.forEach((name, value) -> texts.add(name + "=" + value));
        return texts;
    }

    /** Wraps words, but keeps an option and its value on one line. */
    private void wrap(String first, List<String> words) {
        StringBuilder line = new StringBuilder("   " + first);
        for (int i = 0; i < words.size(); i++) {
            String shown = quoted(words.get(i));
            boolean isOption = shown.startsWith("--") && !shown.contains("=");
            if (isOption && i + 1 < words.size() && !words.get(i + 1).startsWith("--")) {
                shown += " " + quoted(words.get(++i));
            }
            if (line.length() + shown.length() > WIDTH && !line.toString().isBlank()) {
                out.println(line.toString().stripTrailing());
                line = new StringBuilder("     ");
            }
            line.append(shown).append(' ');
        }
        out.println(line.toString().stripTrailing());
    }

    /** Quotes an empty word and a word with blanks, so that its end is visible. */
    private static String quoted(String word) {
        return word.isEmpty() || word.contains(" ") ? "'" + word + "'" : word;
    }
}
