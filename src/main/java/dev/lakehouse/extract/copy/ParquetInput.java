package dev.lakehouse.extract.copy;

import dev.lakehouse.storage.StoreInput;
import java.io.IOException;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A file of a store that Parquet reads, once.
 *
 * @param location for Parquet's messages
 */
record ParquetInput(StoreInput store, String location) implements InputFile {
    @Override
    public String toString() {
        return location;
    }

    @Override
    public long getLength() {
        return store.size();
    }

    @Override
    public SeekableInputStream newStream() {
        return new DelegatingSeekableInputStream(store) {
            @Override
            public long getPos() throws IOException {
                return store.position();
            }

            @Override
            public void seek(long position) throws IOException {
                store.seek(position);
            }
        };
    }
}
