package dev.lakehouse.local;

import java.util.Optional;

/**
 * The chosen server of a command.
 *
 * @param place how it is run
 * @param own the user's own server, if it is one
 * @param reason the reason of the choice, for messages
 */
record ServerSelectionResult<T>(ServerMode place, Optional<T> own, String reason) {}
