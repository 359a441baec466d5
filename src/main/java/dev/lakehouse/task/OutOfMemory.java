package dev.lakehouse.task;

import dev.lakehouse.UserError;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Running out of memory, as a message that names the step and what to do. */
public final class OutOfMemory {
    /** How Spark quotes it from a task that failed, at the beginning of a stack trace or of a cause. */
    private static final Pattern QUOTED =
            Pattern.compile("(^|\\n|: |Caused by: )java\\.lang\\.OutOfMemoryError(:|\\n|$)");

    private static final long MEGABYTE = 1 << 20;

    private OutOfMemory() {}

    /**
     * Explains a failure; empty where memory was not its cause.
     *
     * @param step what ran, for the message
     */
    public static Optional<UserError> explain(String step, Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof OutOfMemoryError
                    || QUOTED.matcher(String.valueOf(t.getMessage())).find()) {
                return Optional.of(error(step, failure));
            }
        }
        return Optional.empty();
    }

    private static UserError error(String step, Throwable failure) {
        return new UserError(
                step + " ran out of memory.",
                String.format(
                        Locale.ROOT,
                        "This process may use %,d MB, and a row or a step needed more.",
                        Runtime.getRuntime().maxMemory() / MEGABYTE),
                "Give it more and run it again: --heap with a larger size, such as --heap 4g, on this machine; larger nodes"
                        + " on Databricks. What was finished before is kept.",
                failure);
    }
}
