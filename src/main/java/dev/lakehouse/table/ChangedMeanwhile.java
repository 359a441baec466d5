package dev.lakehouse.table;

import static java.lang.System.Logger.Level.INFO;

import dev.lakehouse.UserError;
import java.lang.System.Logger;
import java.util.function.Supplier;

/** Somebody else changed a table between the look at it and the commit, which was not made: look and try again. */
public final class ChangedMeanwhile extends UserError {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(ChangedMeanwhile.class.getName());
    private static final int ATTEMPTS = 5;

    ChangedMeanwhile(TableName table, RuntimeException origin) {
        super(
                "Somebody else changed " + table + " during the load.",
                "Another load or a maintenance task made a commit that this one conflicts with.",
                "Run the load again: it starts from the tables as they are then.",
                origin);
    }

    /**
     * Does a step of a load again while others are in its way, a few times.
     *
     * @param step looks at the tables anew each time
     */
    public static <T> T retried(Supplier<T> step) {
        for (int attempt = 1; ; attempt++) {
            try {
                return step.get();
            } catch (ChangedMeanwhile e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.log(INFO, "Attempt " + attempt + " of " + ATTEMPTS + ": " + e.problem());
            }
        }
    }
}
