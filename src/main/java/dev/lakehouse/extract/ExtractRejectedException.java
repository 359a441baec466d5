package dev.lakehouse.extract;

import dev.lakehouse.UserError;

/**
 * An extract that is not loaded because of what it is: its files are not those of the manifest, its columns do not fit,
 * it would delete too much. A newer extract may take its place; what happens to all extracts alike (a store that is
 * down) is not one of these.
 */
public final class ExtractRejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ExtractRejectedException(UserError reason) {
        super(reason.problem(), reason);
    }

    public ExtractRejectedException(String problem, String cause, String fix) {
        this(new UserError(problem, cause, fix));
    }

    public UserError reason() {
        return (UserError) getCause();
    }
}
