package dev.lakehouse.source.mysql;

import dev.lakehouse.privacy.KeyedHash;
import dev.lakehouse.privacy.Pseudonyms;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Replaces the values of masked columns in rows as they are read, before anything else sees them. It works on their text forms
 * ({@link TypeMapping}), of binary types on lower-case hexadecimal digits where the result can be read again. Sent to Spark's tasks
 * with its keys, so it has no text form that shows them.
 */
public final class RowMasks implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ValueMask[] masks;
    private final RowHash hash;

    /** Replaces the text form of a value that is not NULL. */
    private interface ValueMask extends Serializable {
        byte[] of(byte[] text);
    }

    private RowMasks(ValueMask[] masks, RowHash hash) {
        this.masks = masks;
        this.hash = hash;
    }

    /** The masks of a table; no row is changed if it has none. */
    public static RowMasks of(SourceTable table, Optional<MaskKey> key) {
        List<ColumnDefinition> columns = table.columns();
        ValueMask[] masks = new ValueMask[columns.size()];
        for (int i = 0; i < masks.length; i++) {
            ColumnDefinition column = columns.get(i);
            masks[i] = table.mask(column)
                    .map(kind -> mask(
                            column,
                            kind,
                            key.orElseThrow(() -> MaskKey.missing("Columns of '" + table.name() + "' are masked."))))
                    .orElse(null);
        }
        return new RowMasks(masks, table.fileFormat().hash());
    }

    private static ValueMask mask(ColumnDefinition column, Mask.Kind kind, MaskKey key) {
        ValueMask mask =
                switch (kind) {
                    case HASH -> hashed(key.hashes(column.name()));
                    case PSEUDONYM -> pseudonyms(key.pseudonyms(column.name()), isBinary(column));
                    case DROP -> throw new IllegalArgumentException("A column that is left out has no values");
                };
        return column.isDateOrTime() && !column.invalidAsNull() ? ofRealDates(mask) : mask;
    }

    private static ValueMask hashed(KeyedHash hashes) {
        return text -> ascii(hashes.of(text));
    }

    private static ValueMask pseudonyms(Pseudonyms pseudonyms, boolean isBinary) {
        return text ->
                ascii(pseudonyms.pseudonymOf(isBinary ? ascii(HexFormat.of().formatHex(text)) : text));
    }

    /** Parquet's writer, which refuses other dates, never sees the masked ones. */
    private static ValueMask ofRealDates(ValueMask mask) {
        return text -> {
            if (WireForm.DATE_OR_NULL.canonical(text) == null) {
                throw new DateTimeException("A masked date is not in the calendar"); // without the date
            }
            return mask.of(text);
        };
    }

    private static boolean isBinary(ColumnDefinition column) {
        DataType type = TypeMapping.of(column).sparkType();
        return type.equals(DataTypes.BinaryType) || type instanceof ArrayType;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The row as it is written: the same array if no value of it is masked. What follows the values stays as it is. */
    public byte[][] masked(byte[][] texts) {
        byte[][] masked = texts;
        for (int i = 0; i < masks.length; i++) {
            if (masks[i] != null && texts[i] != null) {
                masked = masked == texts ? texts.clone() : masked;
                masked[i] = masks[i].of(texts[i]);
            }
        }
        return masked;
    }

    /** The row checksum of a row as it is written. */
    public long checksum(byte[][] masked) {
        return hash.of(masked);
    }

    @Override
    public String toString() {
        return "RowMasks of " + masks.length + " columns";
    }
}
