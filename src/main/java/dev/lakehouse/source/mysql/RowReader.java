package dev.lakehouse.source.mysql;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads the rows of a query from MySQL's text protocol, in Spark tasks as well. Values pass as the bytes of their text form;
 * the row checksum is computed from them as {@link RowFormat} defines it.
 *
 * @param columns the query's select list
 * @param forms how each column arrives
 * @param hashed whether a column is part of the checksum by its own SHA-256
 */
public record RowReader(String columns, List<WireForm> forms, List<Boolean> hashed) implements Serializable {

    /** Reads rows, one after the other. Not for several threads. */
    public final class Cursor {
        private final MessageDigest row = sha256();
        private final MessageDigest value = sha256();
        private final byte[] length = new byte[LONGEST_LENGTH];
        private final ResultSet rows;
        private byte[][] texts;

        private Cursor(ResultSet rows) {
            this.rows = rows;
        }

        /** Goes to the next row, if there is one. */
        public boolean next() throws SQLException {
            if (!rows.next()) {
                return false;
            }
            texts = new byte[forms.size()][];
            for (int i = 0; i < texts.length; i++) {
                byte[] wire = rows.getBytes(i + 1);
                texts[i] = wire == null ? null : forms.get(i).canonical(wire);
            }
            return true;
        }

        /** The text forms of the row's values, null for NULL. The array belongs to the caller. */
        public byte[][] texts() {
            return texts;
        }

        /** The row's checksum. */
        public long checksum() {
            for (int i = 0; i < texts.length; i++) {
                byte[] text = texts[i];
                if (text == null) {
                    row.update((byte) 'N');
                } else if (hashed.get(i)) {
                    row.update((byte) 'H');
                    row.update(HexFormat.of().formatHex(value.digest(text)).getBytes(StandardCharsets.US_ASCII));
                } else {
                    updateLength(text.length);
                    row.update(text);
                }
            }
            byte[] digest = row.digest();
            long first = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                first = (first << Byte.SIZE) | (digest[i] & 0xff);
            }
            return first;
        }

        /** Adds a length in digits and a colon. */
        private void updateLength(int octets) {
            int start = length.length - 1;
            length[start] = ':';
            int rest = octets;
            do {
                length[--start] = (byte) ('0' + rest % 10);
                rest /= 10;
            } while (rest > 0);
            row.update(length, start, length.length - start);
        }
    }

    private static final int LONGEST_LENGTH = (Integer.MAX_VALUE + ":").length();

    /** A reader of a query's result; its first columns are {@link #columns()}. */
    public Cursor read(ResultSet rows) {
        return new Cursor(rows);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
