package dev.lakehouse.local;

/** How the servers that are not the user's own are run. */
public enum ServerChoice {
    /** What the home remembers; at its first use containers where Docker answers, else embedded servers. */
    AUTO,
    /** MariaDB as a process of this command, s3proxy and Kafka inside it. */
    EMBEDDED,
    /** MySQL, LocalStack and Kafka in Docker. */
    CONTAINERS
}
