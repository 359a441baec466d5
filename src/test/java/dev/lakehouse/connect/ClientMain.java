package dev.lakehouse.connect;

import dev.lakehouse.UserError;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import org.apache.spark.sql.SparkSession;

/**
 * What Databricks does in a task's process: adds the jar to the session, so that executors have its classes, and calls the
 * task's {@code main}. It runs on the client's class path, without anything else of the tests.
 */
final class ClientMain {
    private ClientMain() {}

    /** The arguments are the jar, the main class, and the task's own. */
    public static void main(String[] arguments) throws Throwable {
        SparkSession.builder().getOrCreate().addArtifact(arguments[0]);
        try {
            Class.forName(arguments[1]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(arguments, 2, arguments.length));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof UserError error) {
                System.out.println(error.getMessage());
                System.exit(1);
            }
            throw e.getCause();
        }
        System.exit(0); // the client's threads are no daemons
    }
}
