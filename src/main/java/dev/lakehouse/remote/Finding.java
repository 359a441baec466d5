package dev.lakehouse.remote;

import java.util.List;

/**
 * The result of the check of one object that a deployment needs.
 *
 * @param kind of object, such as {@code catalog} or {@code group}
 * @param why the reason why it is missing or unknown; may be empty
 * @param commands that create it if it is missing, in order
 */
record Finding(State state, String kind, String name, String why, List<String> commands) {
    enum State {
        THERE,
        MISSING,
        UNKNOWN
    }

    static Finding there(String kind, String name) {
        return new Finding(State.THERE, kind, name, "", List.of());
    }

    static Finding missing(String kind, String name, String why, String... commands) {
        return new Finding(State.MISSING, kind, name, why, List.of(commands));
    }

    static Finding unknown(String kind, String name, String why) {
        return new Finding(State.UNKNOWN, kind, name, why, List.of());
    }
}
