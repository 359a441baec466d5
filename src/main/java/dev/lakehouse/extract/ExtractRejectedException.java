package dev.lakehouse.extract;

import dev.lakehouse.UserError;

/**
 * An extract cannot be loaded because of its content: its files are not those of its manifest, its columns do not fit,
 * or it would delete too many rows. A newer extract may be loaded instead. Errors that affect every extract, such as an
 * unreachable store, are not reported by this exception.
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
