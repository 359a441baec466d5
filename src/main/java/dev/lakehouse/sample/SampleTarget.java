package dev.lakehouse.sample;

import dev.lakehouse.source.kafka.KafkaServer;
import dev.lakehouse.source.mysql.MySqlServer;
import org.apache.spark.sql.SparkSession;

/** Where samples are generated: servers and Spark, which start when they are asked for, and a person who watches. */
public interface SampleTarget {
    /** The kinds of servers. */
    enum Server {
        MYSQL,
        S3,
        KAFKA
    }

    /** Whether a server, which starts for the answer, is the home's own and not a person's. */
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

    /** Ends the session's streams; their tasks return as if they had finished. */
    void stopStreams();

    /** Prints a line. */
    void say(String form, Object... values);

    /** A folder of the landing, with Spark started, as locations on S3 are reached through it. */
    default String folder(String name) {
        spark();
        return landing() + "/" + name;
    }
}
