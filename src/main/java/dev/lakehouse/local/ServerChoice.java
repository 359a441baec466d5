package dev.lakehouse.local;

/** How local servers are run. */
public enum ServerChoice {
    /** The choice stored in the home; at its first use containers if Docker answers, otherwise embedded servers. */
    AUTO,
    /** MariaDB as a child process; s3proxy and Kafka inside this process. */
    EMBEDDED,
    /** MySQL, LocalStack and Kafka in Docker. */
    CONTAINERS
}
