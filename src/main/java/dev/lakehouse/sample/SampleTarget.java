package dev.lakehouse.sample;

import dev.lakehouse.source.kafka.KafkaServer;
import dev.lakehouse.source.mysql.MySqlServer;
import org.apache.spark.sql.SparkSession;

/** The environment of samples: servers and Spark, which start at their first use, and the terminal. */
public interface SampleTarget {
    /** The kinds of servers. */
    enum Server {
        MYSQL,
        S3,
        KAFKA
    }

    /** Whether a server is local and not the user's own. Starts the server. */
    boolean isLocal(Server server);

    MySqlServer mysql();

    KafkaServer kafka();

    SparkSession spark();

    /** Location of the input. */
    String landing();

    /** Location of the tables. */
    String warehouse();

    /** Location for the files of benchmarks. */
    String benchmarks();

    /** Stops the session's streams. Their tasks return normally. */
    void stopStreams();

    /** Prints a line. */
    void say(String form, Object... values);

    /** A folder of the landing, with Spark started, as locations on S3 are reached through it. */
    default String folder(String name) {
        spark();
        return landing() + "/" + name;
    }
}
