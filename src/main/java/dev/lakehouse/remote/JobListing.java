package dev.lakehouse.remote;

import com.databricks.sdk.service.jobs.BaseRun;
import com.databricks.sdk.service.jobs.ListRunsRequest;
import dev.lakehouse.TextTable;
import dev.lakehouse.task.Report;
import java.io.PrintStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Prints a table of a bundle's jobs with their newest runs. */
public final class JobListing {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
    private static final String NOTHING = "-";

    private JobListing() {}

    /**
     * Prints the table.
     *
     * @param target the bundle's target; empty for all that are deployed
     */
    public static void print(Workspace workspace, String bundle, Optional<String> target, PrintStream out) {
        List<DeployedJob> jobs = DeployedJobs.of(workspace, bundle, target).own();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("target", "job", "newest run", "started", "seconds", "link"));
        jobs.forEach(job -> rows.add(row(job, newest(workspace, job))));
        if (jobs.isEmpty()) {
            out.println("No job of the bundle " + bundle + " is deployed in " + workspace.host()
                    + target.map(name -> " from the target " + name).orElse("") + ".");
        } else {
            TextTable.lines(rows, Set.of()).forEach(out::println);
        }
    }

    private static Optional<BaseRun> newest(Workspace workspace, DeployedJob job) {
        return workspace.ask("list the runs of " + HostileText.line(job.name()), client -> {
            Iterator<BaseRun> runs = client.jobs()
                    .listRuns(new ListRunsRequest()
                            .setJobId(job.id())
                            .setLimit(1L)
                            .setExpandTasks(false))
                    .iterator();
            return runs.hasNext() ? Optional.of(runs.next()) : Optional.empty();
        });
    }

    private static List<String> row(DeployedJob job, Optional<BaseRun> run) {
        Optional<RunState> state =
                run.map(newest -> RunState.of(newest.getState(), newest.getStartTime(), newest.getEndTime()));
        return List.of(
                HostileText.line(job.target()),
                HostileText.line(job.name()),
                state.map(RunState::word).orElse(NOTHING),
                state.flatMap(RunState::start).map(MOMENT::format).orElse(NOTHING),
                state.flatMap(RunState::duration).map(Report::seconds).orElse(NOTHING),
                run.map(BaseRun::getRunPageUrl).map(HostileText::line).orElse(NOTHING));
    }
}
