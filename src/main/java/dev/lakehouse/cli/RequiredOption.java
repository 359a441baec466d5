package dev.lakehouse.cli;

import dev.lakehouse.UserError;

/** Options that others need. */
final class RequiredOption {
    private RequiredOption() {}

    static <T> T by(String option, String needed, T value) {
        if (value == null) {
            throw new UserError(
                    option + " was given without " + needed + ".",
                    "A server of one's own is reached by its address and an account.",
                    "Give " + needed + " as well; passwords and keys as env:NAME or file:PATH.");
        }
        return value;
    }
}
