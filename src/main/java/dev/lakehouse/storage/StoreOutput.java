package dev.lakehouse.storage;

import dev.lakehouse.UserError;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Function;

/** A stream to a file in a store. Its failures are explained, such as a full disk or a store that goes away. */
public final class StoreOutput extends FilterOutputStream {
    private final Function<IOException, UserError> explain;
    private final Work giveUp;

    StoreOutput(OutputStream out, Function<IOException, UserError> explain, Work giveUp) {
        super(out);
        this.explain = explain;
        this.giveUp = giveUp;
    }

    /** Closes the stream without a file. */
    public void abandon() {
        explained(giveUp);
    }

    @Override
    public void write(int octet) {
        explained(() -> out.write(octet));
    }

    @Override
    public void write(byte[] octets, int from, int length) {
        explained(() -> out.write(octets, from, length));
    }

    @Override
    public void flush() {
        explained(out::flush);
    }

    @Override
    public void close() {
        explained(out::close);
    }

    /** Something that a stream does. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    private void explained(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            throw explain.apply(e);
        }
    }
}
