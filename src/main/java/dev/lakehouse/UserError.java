package dev.lakehouse;

/**
 * A failure that a person can fix: it says what went wrong, why it occurred and how to fix it, and is shown without a
 * stack trace. Whatever a user's input, server or setting can cause is thrown as one of these; any other exception is a
 * defect of the lakehouse. No part of it ever holds a secret; the problem, which the ledger keeps, holds no value of a row.
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
     * @param origin what was caught, for the log; its text is not shown
     */
    public UserError(String problem, String cause, String fix, Throwable origin) {
        super(problem + "\n  why:  " + cause + "\n  fix:  " + fix, origin);
        this.problem = problem;
        this.cause = cause;
        this.fix = fix;
    }

    /** What went wrong, in one line. */
    public final String problem() {
        return problem;
    }

    /** Why it occurred. */
    public final String cause() {
        return cause;
    }

    /** What the reader can do about it. */
    public final String fix() {
        return fix;
    }

    /** The first line of an exception's message that says something; else the exception's class. */
    public static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .filter(line -> !line.isBlank() && !line.equals("null"))
                .findFirst()
                .orElse(failure.getClass().getSimpleName());
    }

    /** Finds the user's error that an exception wraps, however deep; null where there is none. */
    public static UserError within(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof UserError error) {
                return error;
            }
        }
        return null;
    }
}
