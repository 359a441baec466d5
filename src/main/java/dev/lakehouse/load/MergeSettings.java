package dev.lakehouse.load;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Session settings that give the commit of a MERGE its transaction number and metadata. Other writes have options for
 * that. Serverless compute allows only a few settings and refuses these.
 *
 * @param values by setting name
 */
record MergeSettings(Map<String, String> values) {

    /**
     * Runs a MERGE with the settings, or another action if the compute refuses them. The session's settings are
     * restored afterwards.
     *
     * @param merge runs with the settings
     * @param otherwise runs without them
     * @return whether it ran with them
     */
    boolean run(SparkSession session, Runnable merge, Runnable otherwise) {
        boolean accepted = set(session);
        try {
            (accepted ? merge : otherwise).run();
            return accepted;
        } finally {
            if (accepted) {
                unset(session);
            }
        }
    }

    private boolean set(SparkSession session) {
        try {
            values.forEach((name, value) -> session.conf().set(name, value));
            return true;
        } catch (Exception e) { // Spark throws undeclared checked exceptions
            unset(session);
            return false;
        }
    }

    private void unset(SparkSession session) {
        values.keySet().forEach(name -> {
            try {
                session.conf().unset(name);
            } catch (Exception e) { // refused, as its value was
                return;
            }
        });
    }
}
