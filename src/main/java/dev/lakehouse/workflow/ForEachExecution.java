package dev.lakehouse.workflow;

import dev.lakehouse.task.Step;
import dev.lakehouse.task.TaskContext.Stopwatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Runs the iterations of a {@code for_each_task}. An iteration that fails does not stop the others. Each attempt has a Spark
 * session of its own, so settings and temporary views of one are not in another. Of iterations that run at the same time, the
 * events and the output of each appear together when it ends.
 */
final class ForEachExecution {
    private final WorkflowTask task;
    private final TaskSpec.ForEach each;
    private final List<WorkflowTask> iterations;
    private final TaskExecution tasks;
    private final TimeLimit limit;
    private final RunListener listener;
    private final Stopwatch stopwatch = Stopwatch.start();

    ForEachExecution(
            WorkflowTask task,
            TaskSpec.ForEach each,
            List<WorkflowTask> iterations,
            TaskExecution tasks,
            TimeLimit limitOfJob,
            RunListener listener) {
        this.task = task;
        this.each = each;
        this.iterations = iterations;
        this.tasks = tasks;
        this.limit = limitOfJob.ofIterations(task);
        this.listener = listener;
    }

    TaskRun execute() {
        int atATime = Math.min(each.concurrency(), iterations.size());
        List<TaskRun> runs = atATime > 1 ? Step.during(task.key(), () -> beside(atATime)) : oneByOne();
        return new TaskRun(task.key(), outcome(runs), 1, stopwatch.elapsed(), Optional.empty(), runs);
    }

    private Outcome outcome(List<TaskRun> runs) {
        if (runs.stream().noneMatch(run -> run.outcome().isFailure())) {
            return Outcome.SUCCEEDED;
        }
        return limit.wasReached() ? Outcome.TIMED_OUT : Outcome.FAILED;
    }

    private List<TaskRun> oneByOne() {
        return iterations.stream().map(iteration -> run(iteration, listener)).toList();
    }

    private TaskRun run(WorkflowTask iteration, RunListener events) {
        TaskRun run = limit.forbidsStart()
                ? TaskRun.notRun(iteration, Outcome.CANCELED)
                : tasks.run(iteration, iteration.work(), limit, events, OwnSession::of);
        events.taskFinished(run);
        return run;
    }

    private List<TaskRun> beside(int atATime) {
        List<Transcript> transcripts =
                iterations.stream().map(iteration -> new Transcript()).toList();
        List<TaskRun> runs = new ArrayList<>(iterations.stream()
                .map(iteration -> TaskRun.notRun(iteration, Outcome.CANCELED))
                .toList());
        ExecutorService threads = Executors.newFixedThreadPool(atATime, this::thread);
        CompletionService<Integer> ended = new ExecutorCompletionService<>(threads);
        try (ThreadOutput output = ThreadOutput.install()) {
            try {
                for (int i = 0; i < iterations.size(); i++) {
                    int number = i;
                    ended.submit(() -> ThreadOutput.to(transcripts.get(number), () -> {
                        TaskRun run = Step.unshown(() -> run(iterations.get(number), transcripts.get(number)));
                        synchronized (runs) {
                            runs.set(number, run);
                        }
                        return number;
                    }));
                }
                for (int count = 1; count <= iterations.size(); count++) {
                    transcripts.get(ended.take().get()).play(listener, output.terminal());
                    Step.part(count + " of " + iterations.size() + " ended");
                }
            } finally {
                stop(threads);
                // After an interruption, what the stopped iterations have printed so far.
                transcripts.forEach(transcript -> transcript.play(listener, output.terminal()));
            }
        } catch (InterruptedException e) {
            throw Attempt.interrupted(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("An iteration of " + task.key() + " ended without a result", e);
        }
        synchronized (runs) {
            return List.copyOf(runs);
        }
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, task.key() + ", iteration");
        thread.setDaemon(true);
        return thread;
    }

    /** Stops what still runs, which is nothing unless this thread was interrupted. */
    private void stop(ExecutorService threads) {
        threads.shutdownNow();
        boolean interrupted = Thread.interrupted();
        Duration most = tasks.grace().plusSeconds(5);
        try {
            threads.awaitTermination(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
