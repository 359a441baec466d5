package dev.lakehouse.extract;

import dev.lakehouse.UserError;

/**
 * An extract that is not loaded because of what it is: its files are not those of the manifest, its columns do not fit,
 * it would delete too much. A newer extract may take its place; what happens to all extracts alike (a store that is
 * down) is not one of these.
 */
public final class ExtractRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ExtractRefused(UserError reason) {
        super(reason.problem(), reason);
    }

    public ExtractRefused(String problem, String cause, String mend) {
        this(new UserError(problem, cause, mend));
    }

    public UserError reason() {
        return (UserError) getCause();
    }
}
