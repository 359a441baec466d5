package dev.lakehouse.extract.copy;

import java.io.ByteArrayOutputStream;
import org.apache.parquet.column.ColumnReader;
import org.apache.spark.sql.types.DataType;

/** The values of a column of a file, one after the other, as the text forms that they were written from. */
final class ColumnTexts {
    private final ColumnReader values;
    private final DataType type;
    private final ParquetColumn column;
    private final int defined;

    ColumnTexts(ColumnReader values, DataType type) {
        this.values = values;
        this.type = type;
        this.column = ParquetColumn.of(type);
        this.defined = values.getDescriptor().getMaxDefinitionLevel();
    }

    /** The text form of the next value, null for NULL. Valid until the next one is read. */
    byte[] next() {
        if (column == ParquetColumn.FLOATS) {
            return array();
        }
        byte[] text = values.getCurrentDefinitionLevel() == defined ? column.read(values, type) : null;
        values.consume();
        return text;
    }

    /** Parquet has an element at a time; those after the first repeat the array. */
    private byte[] array() {
        boolean isNull = values.getCurrentDefinitionLevel() == 0;
        ByteArrayOutputStream elements = new ByteArrayOutputStream();
        do {
            if (values.getCurrentDefinitionLevel() == defined) {
                elements.writeBytes(column.read(values, type));
            }
            values.consume();
        } while (values.getCurrentRepetitionLevel() > 0);
        return isNull ? null : elements.toByteArray();
    }
}
