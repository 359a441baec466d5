package dev.lakehouse.local;

/**
 * A server that a command can use now, until it is closed.
 *
 * @param <T> how it is reached
 */
interface RunningServer<T> extends AutoCloseable {

    /** How it is reached. */
    T address();

    /** Product, version, kind and place, such as {@code MariaDB 11.4.5, embedded, 127.0.0.1:41233}. */
    String description();

    /** Stops it, where it is ours. */
    @Override
    void close();
}
