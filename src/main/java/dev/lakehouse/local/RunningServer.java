package dev.lakehouse.local;

/**
 * A server that a command can use now, until it is closed.
 *
 * @param <T> how it is reached
 * @param address how it is reached
 * @param description product, version, kind and place, such as {@code MariaDB 11.4.5, embedded, 127.0.0.1:41233}
 * @param stop stops it, where it is ours
 */
record RunningServer<T>(T address, String description, Runnable stop) implements AutoCloseable {
    @Override
    public void close() {
        stop.run();
    }
}
