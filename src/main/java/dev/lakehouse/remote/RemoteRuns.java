package dev.lakehouse.remote;

import com.databricks.sdk.service.jobs.GetJobRequest;
import com.databricks.sdk.service.jobs.GetRunRequest;
import com.databricks.sdk.service.jobs.JobParameterDefinition;
import com.databricks.sdk.service.jobs.JobSettings;
import com.databricks.sdk.service.jobs.RunNow;
import com.databricks.sdk.service.jobs.RunOutput;
import com.databricks.sdk.service.jobs.Task;
import dev.lakehouse.UserError;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Starts runs of a bundle's jobs and follows them to their end. */
public record RemoteRuns(Workspace workspace, RunReport report) {
    private static final int MOST_ERRORS = 5;

    /**
     * Starts a run. If the answer is lost, the request is repeated, which does not start a second run.
     *
     * @param workflow the job's name or its key in the bundle
     * @param target the bundle's target; empty for the deployed one
     * @param tasks keys of the tasks to run; empty for all
     * @param parameters values of job parameters in place of their defaults
     * @return the run's number
     */
    public long start(
            String bundle,
            String workflow,
            Optional<String> target,
            List<String> tasks,
            Map<String, String> parameters) {
        DeployedJob job = DeployedJobs.of(workspace, bundle, target).find(workflow);
        JobSettings settings = workspace
                .ask("show the job " + workflow, client -> client.jobs().get(new GetJobRequest().setJobId(job.id())))
                .getSettings();
        requireKnown("task", tasks, keys(settings.getTasks(), Task::getTaskKey), workflow);
        requireKnown(
                "parameter",
                parameters.keySet(),
                keys(settings.getParameters(), JobParameterDefinition::getName),
                workflow);
        RunNow request = new RunNow()
                .setJobId(job.id())
                .setIdempotencyToken(UUID.randomUUID().toString());
        if (!tasks.isEmpty()) {
            request.setOnly(tasks);
        }
        if (!parameters.isEmpty()) {
            request.setJobParameters(parameters);
        }
        return workspace
                .ask("start the job " + workflow, client -> client.jobs().runNow(request))
                .getResponse()
                .getRunId();
    }

    private static <T> Set<String> keys(Collection<T> all, Function<T, String> key) {
        return Optional.ofNullable(all).stream()
                .flatMap(Collection::stream)
                .map(key)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void requireKnown(String kind, Collection<String> asked, Set<String> known, String workflow) {
        for (String name : asked) {
            if (!known.contains(name)) {
                throw new UserError(
                        "There is no " + kind + " '" + name + "' in " + workflow + ".",
                        known.isEmpty()
                                ? "The deployed job has none."
                                : "The deployed job has " + String.join(", ", known) + ".",
                        "Name one of these, or deploy the bundle again if it has changed.");
            }
        }
    }

    /** Follows a run to its end. Returns whether it succeeded. */
    public boolean follow(long runId) {
        try {
            Map<Long, String> seen = new HashMap<>();
            for (int question = 0; ; question++) {
                FollowedRun run = FollowedRun.of(workspace.ask(
                        "show the run " + runId, client -> client.jobs().getRun(new GetRunRequest().setRunId(runId))));
                if (question == 0) {
                    report.started(run);
                }
                for (FollowedRun.Attempt attempt : run.attempts()) {
                    if (!attempt.state()
                            .word()
                            .equals(seen.put(attempt.runId(), attempt.state().word()))) {
                        report.changed(attempt, attempt.state().isFailure() ? error(attempt) : "");
                    }
                }
                if (run.state().hasEnded()) {
                    report.finished(run);
                    return run.state().isSuccess();
                }
                PatientHttp.sleep(workspace.patience().untilQuestion(question));
            }
        } catch (UserError e) {
            throw new UserError(e.problem(), e.cause(), e.fix() + " " + goesOn(runId), e);
        } catch (IOException e) {
            throw new IllegalStateException("Interrupted while following the run " + runId, e);
        }
    }

    /** The commands that follow and cancel a run that is no longer followed. */
    public static String goesOn(long runId) {
        return "The run continues. './lakehouse remote follow " + runId
                + "' follows it again, 'databricks jobs cancel-run " + runId + "' cancels it.";
    }

    /** Why an attempt failed: its own error, those of its iterations, or else the workspace's message. */
    private String error(FollowedRun.Attempt attempt) {
        try {
            if (attempt.isForEach()) {
                return attempt.state().message() + "\n" + errorsOfIterations(attempt);
            }
            RunOutput output = workspace.ask("show the output of " + attempt.task(), client -> client.jobs()
                    .getRunOutput(attempt.runId()));
            if (output.getError() != null && !output.getError().isBlank()) {
                return output.getError();
            }
        } catch (UserError e) {
            return attempt.state().message() + "\n(" + e.problem() + " " + e.cause() + ")";
        }
        return attempt.state().message();
    }

    /** The first few, because there may be thousands with the same error. */
    private String errorsOfIterations(FollowedRun.Attempt forEach) {
        List<FollowedRun.Attempt> iterations =
                FollowedRun.iterations(workspace.ask("show the iterations of " + forEach.task(), client -> client.jobs()
                        .getRun(new GetRunRequest().setRunId(forEach.runId()))));
        List<FollowedRun.Attempt> failed = iterations.stream()
                .filter(iteration -> iteration.state().isFailure())
                .toList();
        String more = failed.size() > MOST_ERRORS
                ? "\n" + (failed.size() - MOST_ERRORS) + " more attempts of iterations failed"
                : "";
        return failed.stream()
                        .limit(MOST_ERRORS)
                        .map(iteration -> iteration.task() + " (run " + iteration.runId() + "): " + error(iteration))
                        .collect(Collectors.joining("\n"))
                + more;
    }
}
