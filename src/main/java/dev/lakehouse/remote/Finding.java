package dev.lakehouse.remote;

import java.util.List;

/**
 * What a check says about one thing that a deployment needs.
 *
 * @param kind of thing: {@code catalog}, {@code group} and the like
 * @param why what is known about a missing or unknown one; may be empty
 * @param commands that provide a missing one, in their order
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
