package dev.lakehouse.local;

import java.util.Optional;

/**
 * The server that a command uses.
 *
 * @param place where it runs
 * @param own the user's own, where it is one
 * @param reason why this one, for people
 */
record ServerSelectionResult<T>(ServerMode place, Optional<T> own, String reason) {}
