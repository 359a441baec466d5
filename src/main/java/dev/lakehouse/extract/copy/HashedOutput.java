package dev.lakehouse.extract.copy;

import static java.lang.System.Logger.Level.WARNING;

import dev.lakehouse.Sha256;
import dev.lakehouse.storage.StoreOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A file that Parquet writes; its bytes are counted and hashed as they are written. */
final class HashedOutput extends PositionOutputStream implements OutputFile {
    private static final Logger LOG = System.getLogger(HashedOutput.class.getName());
    private static final int BUFFER = 1 << 16;

    private final MessageDigest hash = Sha256.digest();
    private final StoreOutput store;
    private final OutputStream out;
    private long position;

    HashedOutput(StoreOutput store) {
        this.store = store;
        out = new BufferedOutputStream(store, BUFFER);
    }

    /** The SHA-256 of all bytes; once, after the file is closed. */
    String sha256() {
        return HexFormat.of().formatHex(hash.digest());
    }

    /** Gives up the file after a failure, which is what counts. */
    void abandon() {
        try {
            store.abandon();
        } catch (RuntimeException e) {
            LOG.log(WARNING, "An incomplete file could not be removed", e);
        }
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) {
        return this;
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
        return this;
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public void write(int octet) throws IOException {
        hash.update((byte) octet);
        out.write(octet);
        position++;
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
        hash.update(octets, from, length);
        out.write(octets, from, length);
        position += length;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
