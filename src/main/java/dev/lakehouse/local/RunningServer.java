package dev.lakehouse.local;

/**
 * A server that answers. It can be used until it is closed.
 *
 * @param <T> the address
 * @param address the address
 * @param description product, version, kind and address, such as {@code MariaDB 11.4.5, embedded, 127.0.0.1:41233}
 * @param stop stops it; does nothing for the user's own server
 */
record RunningServer<T>(T address, String description, Runnable stop) implements AutoCloseable {
    @Override
    public void close() {
        stop.run();
    }
}
