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
 * @param ifLate adds what it means if they do not end in time
 * @param work finds the results; a {@link UserError} is a problem
 */
record Check(String subject, Consumer<CheckResults> ifLate, Consumer<CheckResults> work) {
    private static final Logger LOG = System.getLogger(Check.class.getName());

    /** Checks of this machine, which may be busy. */
    static Check of(String subject, Consumer<CheckResults> work) {
        Consumer<CheckResults> ifLate = results -> results.warning(
                "This could not be checked in time.", "Run the command again when the machine is less busy.");
        return new Check(subject, ifLate, work);
    }

    /**
     * Checks of a server, which has to answer.
     *
     * @param server its name and address, for messages
     */
    static Check ofServer(String subject, String server, Consumer<CheckResults> work) {
        Consumer<CheckResults> ifLate = results -> results.problem(
                server + " does not answer in time.",
                "Check host and port, that the server is running, and that no firewall blocks the connection. A server that"
                        + " looks up the name of every client (skip_name_resolve is OFF) may be slow to accept a login.");
        return new Check(subject, ifLate, work);
    }

    /**
     * Runs checks side by side.
     *
     * @param limit for all of them together; of a check that takes longer, what it has found until then is kept
     * @return the results in the order of the checks
     */
    static List<CheckResult> run(List<Check> checks, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        return checks.stream().map(Check::start).toList().stream()
                .flatMap(running -> running.results(deadline).stream())
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

        List<CheckResult> results(long deadline) {
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
                check.ifLate.accept(late);
                results.addAll(late.all());
            }
            return results;
        }
    }
}
