package dev.lakehouse.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream from a file in a store that can go to any place of the file. */
public final class StoreInput extends FilterInputStream {
    private final Place place;
    private final long size;

    StoreInput(InputStream in, Place place, long size) {
        super(in);
        this.place = place;
        this.size = size;
    }

    /** The size of the file in bytes. */
    public long size() {
        return size;
    }

    public long position() throws IOException {
        return place.getter().get();
    }

    /** Goes to a place, in bytes from the start of the file. */
    public void seek(long position) throws IOException {
        place.setter().set(position);
    }

    /** How to get and set the place of a stream. */
    record Place(Getter getter, Setter setter) {
        interface Getter {
            long get() throws IOException;
        }

        interface Setter {
            void set(long position) throws IOException;
        }
    }
}
