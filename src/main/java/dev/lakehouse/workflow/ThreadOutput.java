package dev.lakehouse.workflow;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/**
 * Standard output by thread: what some threads print, and the threads that they start, goes to streams of theirs. All other
 * threads print to the terminal as before. To be closed, which restores standard output.
 */
final class ThreadOutput implements AutoCloseable {
    private static final InheritableThreadLocal<OutputStream> OWN = new InheritableThreadLocal<>();
    private final PrintStream terminal = System.out;

    private ThreadOutput() {}

    static ThreadOutput install() {
        ThreadOutput output = new ThreadOutput();
        System.setOut(new PrintStream(output.new ByThread(), true, StandardCharsets.UTF_8));
        return output;
    }

    /** Does work whose output goes to a stream while this is installed. */
    static <T> T to(OutputStream stream, Callable<T> work) throws Exception {
        OWN.set(stream);
        try {
            return work.call();
        } finally {
            OWN.remove();
        }
    }

    /** Standard output without this. */
    PrintStream terminal() {
        return terminal;
    }

    @Override
    public void close() {
        System.setOut(terminal);
    }

    private final class ByThread extends OutputStream {
        private OutputStream stream() {
            OutputStream stream = OWN.get();
            return stream == null ? terminal : stream;
        }

        @Override
        public void write(int b) throws IOException {
            stream().write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            stream().write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            stream().flush();
        }
    }
}
