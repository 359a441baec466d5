package dev.lakehouse.cli;

import static java.lang.System.Logger.Level.ERROR;

import dev.lakehouse.UserError;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Checks of one subject. They change nothing.
 *
 * @param subject the subject, in one word
 * @param asked what has to answer, for the message if it does not in time
 * @param fixIfLate what to do then
 * @param work finds the results; a {@link UserError} is a problem
 */
record Check(String subject, String asked, String fixIfLate, Consumer<CheckResults> work) {

    private static final Logger LOG = System.getLogger(Check.class.getName());

    static Check of(String subject, Consumer<CheckResults> work) {
        return new Check(subject, "The machine", "Run the command again when the machine is less busy.", work);
    }

    /**
     * Runs checks side by side.
     *
     * @param limit for all of them together; a check that takes longer is a problem, with what it has found until then
     * @return the results in the order of the checks
     */
    static List<CheckResult> run(List<Check> checks, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        return checks.stream().map(Check::start).toList().stream()
                .flatMap(running -> running.results(deadline, limit).stream())
                .toList();
    }

    private Running start() {
        Running running = new Running(this, new CheckResults(subject), new CountDownLatch(1));
        Thread thread = new Thread(running::work, "check " + subject);
        thread.setDaemon(true);
        thread.start();
        return running;
    }

    /** A check at work. */
    private record Running(Check check, CheckResults found, CountDownLatch end) {
        void work() {
            try {
                check.work.accept(found);
            } catch (RuntimeException | LinkageError e) {
                LOG.log(ERROR, "A check failed", e);
                UserError error = UserError.within(e);
                found.problem(error != null ? error : defect(e));
            } finally {
                end.countDown();
            }
        }

        private static UserError defect(Throwable e) {
            return new UserError(
                    "The check itself failed.",
                    "It ended with " + e.getClass().getSimpleName() + ".",
                    "Report it with the line above; --verbose shows more.");
        }

        List<CheckResult> results(long deadline, Duration limit) {
            boolean ended;
            try {
                ended = end.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                ended = false;
            }
            List<CheckResult> results = new ArrayList<>(found.all());
            if (!ended) {
                CheckResults late = new CheckResults(check.subject);
                late.problem(check.asked + " does not answer within " + limit.toSeconds() + " s.", check.fixIfLate);
                results.addAll(late.all());
            }
            return results;
        }
    }
}
