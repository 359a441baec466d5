package dev.lakehouse.remote;

import dev.lakehouse.TextTable;
import dev.lakehouse.task.Report;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Prints a run like the local runner: a line for each change, the errors, and a table at the end. */
public record RunReport(PrintStream out) {
    void started(FollowedRun run) {
        out.println("== " + run.name() + " (run " + run.id() + ")");
        if (!run.link().isEmpty()) {
            out.println("   " + run.link());
        }
    }

    void changed(FollowedRun.Attempt attempt, String error) {
        out.println("-- " + named(attempt) + ": " + attempt.state().word()
                + attempt.state()
                        .duration()
                        .map(duration -> ", " + Report.seconds(duration) + " s")
                        .orElse("")
                + (attempt.link().isEmpty() ? "" : "  " + attempt.link()));
        HostileText.lines(error).forEach(line -> out.println("   " + line));
    }

    void finished(FollowedRun run) {
        out.println();
        Map<String, FollowedRun.Attempt> last = new LinkedHashMap<>();
        Map<String, Integer> attempts = new LinkedHashMap<>();
        for (FollowedRun.Attempt attempt : run.attempts()) {
            last.merge(attempt.task(), attempt, (one, other) -> one.number() > other.number() ? one : other);
            attempts.merge(attempt.task(), 1, Integer::sum);
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("task", "outcome", "attempts", "seconds"));
        last.forEach((task, attempt) -> rows.add(List.of(
                task,
                attempt.state().word(),
                attempts.get(task).toString(),
                attempt.state().duration().map(Report::seconds).orElse("-"))));
        TextTable.lines(rows, Set.of(2, 3)).forEach(out::println);
        out.println("== " + run.name() + ": " + run.state().word()
                + run.state()
                        .duration()
                        .map(duration -> ", " + Report.seconds(duration) + " s")
                        .orElse(""));
        if (!run.state().isSuccess()) {
            HostileText.lines(run.state().message()).forEach(line -> out.println("   " + line));
        }
    }

    private static String named(FollowedRun.Attempt attempt) {
        return attempt.task() + (attempt.number() > 0 ? " (attempt " + (attempt.number() + 1) + ")" : "");
    }
}
