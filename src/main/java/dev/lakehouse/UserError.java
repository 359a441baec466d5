package dev.lakehouse;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A failure that a user can fix. It states the problem, its cause and its fix, and is shown without a stack trace. All
 * failures that a user's input, server or setting can cause are thrown as this class; any other exception is a defect
 * of the lakehouse. No part contains a secret. The problem, which the ledger stores, contains no value of a row.
 */
public class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String cause;
    private final String fix;

    public UserError(String problem, String cause, String fix) {
        this(problem, cause, fix, null);
    }

    /**
     * A user's error that explains another exception.
     *
     * @param origin the caught exception, for the log; its text is not shown
     */
    public UserError(String problem, String cause, String fix, Throwable origin) {
        super(problem + "\n  why:  " + cause + "\n  fix:  " + fix, origin);
        this.problem = problem;
        this.cause = cause;
        this.fix = fix;
    }

    /**
     * Several errors as one, numbered.
     *
     * @param problem what they have in common, such as "The table cannot be extracted"
     * @param errors at least one; a single one is returned as it is
     */
    public static UserError all(String problem, List<UserError> errors) {
        return errors.size() == 1
                ? errors.get(0)
                : new UserError(
                        problem + " for " + errors.size() + " reasons: " + numbered(errors, UserError::problem, " "),
                        numbered(errors, UserError::cause, "\n        "),
                        numbered(errors, UserError::fix, "\n        "));
    }

    private static String numbered(List<UserError> errors, Function<UserError, String> part, String separator) {
        return IntStream.range(0, errors.size())
                .mapToObj(i -> "(" + (i + 1) + ") " + part.apply(errors.get(i)))
                .collect(Collectors.joining(separator));
    }

    /** What went wrong, in one line. */
    public final String problem() {
        return problem;
    }

    /** Why it occurred. */
    public final String cause() {
        return cause;
    }

    /** How to fix it. */
    public final String fix() {
        return fix;
    }

    /** The first line of an exception's message that is not blank, or else the exception's class. */
    public static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .filter(line -> !line.isBlank() && !line.equals("null"))
                .findFirst()
                .orElse(failure.getClass().getSimpleName());
    }

    /** Finds the user's error in an exception's causes at any depth; null if there is none. */
    public static UserError within(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof UserError error) {
                return error;
            }
        }
        return null;
    }
}
