package dev.lakehouse.task;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import dev.lakehouse.UserError;
import dev.lakehouse.ledger.TaskRun.Outcome;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.table.MissingRight;
import java.lang.System.Logger;
import java.util.Optional;
import org.apache.spark.SparkThrowable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/**
 * A task: a class with options and a {@code main} that hands itself to {@link #execute}. It is run by Databricks as the
 * main class of a JAR task, and by the local runner in the same way: it returns when it succeeded and throws when it
 * failed; it never ends the JVM and never stops the session.
 *
 * <p>A task's options are fields annotated for picocli. What a person can cause is a {@link UserError}.
 */
public abstract class Task {
    private static final Logger LOG = System.getLogger(Task.class.getName());

    @Mixin
    private final TaskOptions options = new TaskOptions();

    /** Does the work and says what was done; called once. */
    protected abstract Result run(TaskContext context);

    /** The name by which ledger and messages call this task. */
    protected final String name() {
        return getClass().getSimpleName();
    }

    /** Reads the arguments, runs the task, writes the ledger. */
    protected final void execute(String... arguments) {
        parse(arguments);
        TaskContext context = context();
        try {
            Result result = run(context);
            context.record(context.outcome(), result, Optional.empty());
            context.printLedgerQuery();
        } catch (Throwable failure) { // also what Spark throws undeclared
            Optional<UserError> error = explain(failure);
            // Databricks prints what main throws, with its causes. For a user's error that is enough: DEBUG keeps a
            // second stack trace out of the driver's output, while a laptop's log file takes it.
            LOG.log(error.isEmpty() ? ERROR : DEBUG, name() + " failed", failure);
            recordFailure(context, error.isPresent() ? error.get() : failure);
            if (error.isPresent()) {
                throw error.get();
            }
            throw failure;
        }
    }

    /** The catalogue may refuse itself before there is a context, and so a ledger. */
    private TaskContext context() {
        try {
            return TaskContext.create(name(), options);
        } catch (Throwable failure) { // also what Spark throws undeclared
            Optional<UserError> error = explain(failure);
            if (error.isPresent()) {
                throw error.get();
            }
            throw failure;
        }
    }

    private Optional<UserError> explain(Throwable failure) {
        return Optional.ofNullable(UserError.within(failure))
                .or(() -> MissingRight.explain(failure))
                .or(() -> OutOfMemory.explain(name(), failure));
    }

    /** Checks arguments against the options without running anything; a wrong one is a {@link UserError}. */
    public final void parse(String... arguments) {
        try {
            new CommandLine(this).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        } catch (ParameterException e) {
            throw new UserError(
                    name() + " cannot start: its parameters are wrong.",
                    UserError.firstLine(e),
                    "Correct the task's parameters in the workflow file.",
                    e);
        }
    }

    /** The failure is what people must see, even where the ledger cannot be written. */
    private void recordFailure(TaskContext context, Throwable failure) {
        try {
            context.record(Outcome.FAILED, context.result(), Optional.of(message(failure)));
            context.printLedgerQuery();
        } catch (Exception e) { // Spark throws checked ones undeclared
            LOG.log(ERROR, "The failure of " + name() + " could not be written to the ledger", e);
        }
    }

    /**
     * The ledger's message: of a user's error the problem, which is made by us and names no values; of anything else
     * only its class, because texts from elsewhere may quote rows.
     */
    private static String message(Throwable failure) {
        UserError error = UserError.within(failure);
        if (error != null) {
            return error.problem();
        }
        String condition = failure instanceof SparkThrowable spark ? " " + spark.getCondition() : "";
        return failure.getClass().getSimpleName() + condition + " (see the log)";
    }
}
