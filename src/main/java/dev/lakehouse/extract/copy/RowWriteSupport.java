package dev.lakehouse.extract.copy;

import java.util.Arrays;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Hands rows to Parquet's writer: the texts of their columns, the row checksum and the range. */
final class RowWriteSupport extends WriteSupport<CopiedRow> {
    /**
     * By this entry in a file Spark knows that its dates and times are in the proleptic Gregorian calendar. A reader with
     * other settings would otherwise refuse or shift those before 1900.
     */
    private static final String SPARK_VERSION = "org.apache.spark.version";

    private final MessageType schema;
    private final String[] names;
    private final DataType[] types;
    private final ParquetColumn[] columns;
    private final String sparkVersion;
    private RecordConsumer to;

    /**
     * @param file the file's columns; the last two are row checksum and range
     */
    RowWriteSupport(StructType file, String sparkVersion) {
        StructField[] fields = file.fields();
        schema = new MessageType(
                "spark_schema", Arrays.stream(fields).map(ParquetColumn::field).toList());
        names = file.fieldNames();
        types = Arrays.stream(fields).map(StructField::dataType).toArray(DataType[]::new);
        columns = Arrays.stream(types).map(ParquetColumn::of).toArray(ParquetColumn[]::new);
        this.sparkVersion = sparkVersion;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract still
    public WriteContext init(Configuration configuration) {
        return new WriteContext(schema, Map.of(SPARK_VERSION, sparkVersion));
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
        to = consumer;
    }

    @Override
    public void write(CopiedRow row) {
        to.startMessage();
        byte[][] texts = row.texts();
        int i = 0;
        for (; i < texts.length; i++) {
            if (texts[i] != null) {
                to.startField(names[i], i);
                columns[i].write(texts[i], types[i], to);
                to.endField(names[i], i);
            }
        }
        to.startField(names[i], i);
        to.addLong(row.checksum());
        to.endField(names[i], i);
        i++;
        to.startField(names[i], i);
        to.addInteger(row.range());
        to.endField(names[i], i);
        to.endMessage();
    }
}
