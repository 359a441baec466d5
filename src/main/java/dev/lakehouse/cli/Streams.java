package dev.lakehouse.cli;

import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;

/** Streams without an end, which somebody has to end. */
final class Streams {
    private Streams() {}

    /** Stops all that run in a session; their tasks end as if they had finished. */
    static void stop(SparkSession session) {
        try {
            for (StreamingQuery query : session.streams().active()) {
                query.stop();
            }
        } catch (TimeoutException e) {
            throw new IllegalStateException("The stream does not stop", e);
        }
    }
}
