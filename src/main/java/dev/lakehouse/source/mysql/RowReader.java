package dev.lakehouse.source.mysql;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Reads the rows of a query from MySQL's text protocol, in Spark tasks as well. Values pass as the bytes of their text form.
 *
 * @param columns the query's select list
 * @param forms how each column arrives
 * @param names of the columns if rows have {@link RowFormat#INVALID_DATES}; otherwise empty
 * @param withheld columns whose dates are not shown, because they are masked
 * @param hash computes the row checksum
 */
public record RowReader(String columns, List<WireForm> forms, List<String> names, List<String> withheld, RowHash hash)
        implements Serializable {

    /** Whether rows have {@link RowFormat#INVALID_DATES}. */
    public boolean keepsInvalidDates() {
        return !names.isEmpty();
    }

    /** Reads rows, one after the other. Not for several threads. */
    public final class Cursor {
        private final ResultSet rows;
        private byte[][] texts;
        private long nulled;

        private Cursor(ResultSet rows) {
            this.rows = rows;
        }

        /** Goes to the next row, if there is one. */
        public boolean next() throws SQLException {
            if (!rows.next()) {
                return false;
            }
            texts = new byte[forms.size() + (keepsInvalidDates() ? 1 : 0)][];
            for (int i = 0; i < forms.size(); i++) {
                byte[] wire = rows.getBytes(i + 1);
                texts[i] = wire == null ? null : forms.get(i).canonical(wire);
                if (texts[i] == null && wire != null) {
                    nulled++;
                    if (keepsInvalidDates()) {
                        addInvalid(names.get(i) + " = "
                                + (withheld.contains(names.get(i))
                                        ? "(masked)"
                                        : new String(wire, StandardCharsets.US_ASCII)));
                    }
                }
            }
            return true;
        }

        private void addInvalid(String date) {
            byte[] before = texts[forms.size()];
            String all = before == null ? date : new String(before, StandardCharsets.UTF_8) + ", " + date;
            texts[forms.size()] = all.getBytes(StandardCharsets.UTF_8);
        }

        /**
         * The text forms of the row's values, null for NULL; the last is {@link RowFormat#INVALID_DATES} if rows have it. The array
         * belongs to the caller.
         */
        public byte[][] texts() {
            return texts;
        }

        /** How many values so far were not NULL but are copied as NULL. */
        public long nulled() {
            return nulled;
        }

        /** The row's checksum. */
        public long checksum() {
            return hash.of(texts);
        }
    }

    /** A reader of a query's result; its first columns are {@link #columns()}. */
    public Cursor read(ResultSet rows) {
        return new Cursor(rows);
    }
}
