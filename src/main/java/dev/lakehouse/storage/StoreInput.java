package dev.lakehouse.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream from a file in a store that can go to any place of the file. */
public abstract class StoreInput extends FilterInputStream {
    private final long size;

    StoreInput(InputStream in, long size) {
        super(in);
        this.size = size;
    }

    /** The size of the file in bytes. */
    public long size() {
        return size;
    }

    /** The current place, in bytes from the start of the file. */
    public abstract long position() throws IOException;

    /** Goes to a place, in bytes from the start of the file. */
    public abstract void seek(long position) throws IOException;
}
