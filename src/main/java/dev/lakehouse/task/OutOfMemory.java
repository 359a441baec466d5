package dev.lakehouse.task;

import dev.lakehouse.UserError;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Explains that memory ran out, with the step and the fix. */
public final class OutOfMemory {
    /** Spark's quotation of the error from a failed task, at the beginning of a stack trace or of a cause. */
    private static final Pattern QUOTED =
            Pattern.compile("(^|\\n|: |Caused by: )java\\.lang\\.OutOfMemoryError(:|\\n|$)");

    private static final long MEGABYTE = 1 << 20;

    private OutOfMemory() {}

    /**
     * Explains a failure; empty if memory was not its cause.
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
                        "This process may use %,d MB, but a row or a step needed more.",
                        Runtime.getRuntime().maxMemory() / MEGABYTE),
                "Run it again with more memory: on this machine with a larger --heap, such as --heap 4g; on Databricks"
                        + " with larger nodes. Completed steps are kept.",
                failure);
    }
}
