package dev.lakehouse.source.mysql;

import dev.lakehouse.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.sql.api.java.UDF1;
import scala.collection.Seq;

/**
 * Computes the row checksum that {@link RowFormat} defines, in Java: of rows that are read from MySQL, and as a function over
 * {@code ARRAY<BINARY>} in Spark.
 *
 * @param hashed whether a column is part of the checksum by its own SHA-256
 */
public record RowHash(List<Boolean> hashed) implements UDF1<Seq<byte[]>, Long> {
    private static final int LONGEST_LENGTH = (Integer.MAX_VALUE + ":").length();

    /** Used by one thread only, because a digest is. */
    private static final ThreadLocal<Digests> DIGESTS = ThreadLocal.withInitial(Digests::new);

    private static final class Digests {
        private final MessageDigest row = Sha256.digest();
        private final MessageDigest value = Sha256.digest();
        private final byte[] length = new byte[LONGEST_LENGTH];

        void add(byte[] text, boolean hashed) {
            if (text == null) {
                row.update((byte) 'N');
            } else if (hashed) {
                row.update((byte) 'H');
                row.update(HexFormat.of().formatHex(value.digest(text)).getBytes(StandardCharsets.US_ASCII));
            } else {
                addLength(text.length);
                row.update(text);
            }
        }

        /** Adds a length in digits and a colon. */
        private void addLength(int octets) {
            int start = length.length - 1;
            length[start] = ':';
            int rest = octets;
            do {
                length[--start] = (byte) ('0' + rest % 10);
                rest /= 10;
            } while (rest > 0);
            row.update(length, start, length.length - start);
        }

        long first64Bits() {
            byte[] digest = row.digest();
            long first = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                first = (first << Byte.SIZE) | (digest[i] & 0xff);
            }
            return first;
        }
    }

    private static Digests digests() {
        Digests digests = DIGESTS.get();
        digests.row.reset(); // a row whose computation failed may have left something
        return digests;
    }

    /** The checksum of a row by the text forms of its values, null for NULL; what follows the values is not part of it. */
    public long of(byte[][] texts) {
        Digests digests = digests();
        for (int i = 0; i < hashed.size(); i++) {
            digests.add(texts[i], hashed.get(i));
        }
        return digests.first64Bits();
    }

    @Override
    public Long call(Seq<byte[]> texts) {
        Digests digests = digests();
        for (int i = 0; i < texts.length(); i++) {
            digests.add(texts.apply(i), hashed.get(i));
        }
        return digests.first64Bits();
    }
}
