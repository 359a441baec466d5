package dev.lakehouse.workflow;

import dev.lakehouse.spark.Session;
import java.util.concurrent.Callable;

/** Gives work a Spark session of its own. */
final class OwnSession {
    private OwnSession() {}

    /** The work, to be done in a new thread, which then has a new session if the process has one. */
    static Callable<Void> of(Callable<Void> work) {
        return () -> {
            Session.separateThread();
            return work.call();
        };
    }
}
