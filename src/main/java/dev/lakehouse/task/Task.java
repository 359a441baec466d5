package dev.lakehouse.task;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import dev.lakehouse.UserError;
import dev.lakehouse.ledger.TaskRun.Outcome;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.table.MissingRight;
import java.lang.System.Logger;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkThrowable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/**
 * A task: a class with options and a {@code main} that calls {@link #execute}. Databricks runs it as the main class of
 * a JAR task; the local runner runs it in the same way. It returns on success and throws on failure. It never ends the
 * JVM and never stops the session.
 *
 * <p>A task's options are fields annotated for picocli. Errors that a user can cause are {@link UserError}s.
 */
public abstract class Task implements AcceptsArguments {
    private static final Logger LOG = System.getLogger(Task.class.getName());

    @Mixin
    private final TaskOptions options = new TaskOptions();

    /** Does the work and returns the result. Called once. */
    protected abstract Result run(TaskContext context);

    /** The task's name in ledger and messages. */
    protected final String name() {
        return getClass().getSimpleName();
    }

    /** Reads the arguments, runs the task, writes the ledger. */
    protected final void execute(String... arguments) {
        parse(arguments);
        executeParsed();
    }

    /** The same with arguments that were read before. */
    final void executeParsed() {
        TaskContext context = context();
        try {
            Result result = run(context);
            context.record(context.outcome(), result, Optional.empty());
            context.printLedgerQuery();
        } catch (Throwable failure) { // also undeclared exceptions of Spark
            Optional<UserError> error = explain(failure);
            // Databricks prints the exception of main with its causes, which is enough for a user's error. DEBUG keeps
            // a second stack trace out of the driver's output, but a laptop's log file includes it.
            LOG.log(error.isEmpty() ? ERROR : DEBUG, name() + " failed", failure);
            recordFailure(context, error.isPresent() ? error.get() : failure);
            if (error.isPresent()) {
                throw error.get();
            }
            throw failure;
        }
    }

    /** The catalogue may refuse access. Then there is no context, and so no ledger. */
    private TaskContext context() {
        try {
            return TaskContext.create(name(), options);
        } catch (Throwable failure) { // also undeclared exceptions of Spark
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

    @Override
    public final void parse(String... arguments) {
        List<String> unknown = parseKnown(arguments);
        if (!unknown.isEmpty()) {
            String what = unknown.get(0).startsWith("-") ? "Unknown option" : "Unmatched argument";
            throw wrong(what + ": '" + String.join("', '", unknown) + "'", null);
        }
    }

    /** Reads the arguments that the task has options for, and returns the others. */
    final List<String> parseKnown(String... arguments) {
        CommandLine line =
                new CommandLine(this).setCaseInsensitiveEnumValuesAllowed(true).setUnmatchedArgumentsAllowed(true);
        line.setInterpolateVariables(false); // a setting such as where may have ${ in a text
        TableDefaults.of(arguments).ifPresent(line::setDefaultValueProvider);
        try {
            return line.parseArgs(arguments).unmatched();
        } catch (ParameterException e) {
            throw wrong(UserError.firstLine(e), e);
        }
    }

    private UserError wrong(String cause, Exception origin) {
        return new UserError(
                name() + " cannot start: its parameters are wrong.",
                cause,
                "Correct the task's parameters in the workflow file.",
                origin);
    }

    /** The failure must be shown even if the ledger cannot be written. */
    private void recordFailure(TaskContext context, Throwable failure) {
        try {
            context.record(Outcome.FAILED, context.result(), Optional.of(message(failure)));
            context.printLedgerQuery();
        } catch (Exception e) { // Spark throws undeclared checked exceptions
            LOG.log(ERROR, "The failure of " + name() + " could not be written to the ledger", e);
        }
    }

    /**
     * The ledger's message. For a user's error it is the problem, which contains no values of rows. For other
     * exceptions it is only the class, because their texts may quote rows.
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
