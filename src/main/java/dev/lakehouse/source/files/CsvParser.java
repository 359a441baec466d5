package dev.lakehouse.source.files;

import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The column functions that read CSV. Spark's {@code from_csv} guesses the meaning of invalid records. */
final class CsvParser {
    private static final StructType RECORD = new StructType()
            .add("values", DataTypes.createArrayType(DataTypes.StringType, true))
            .add("fault", DataTypes.StringType);

    private static final StructType WHOLE =
            new StructType().add("value", DataTypes.LongType).add("fault", DataTypes.StringType);

    private CsvParser() {}

    /** Maps a text to a STRUCT of the values of its fields and the fault, one of which is NULL. */
    static UserDefinedFunction ofFields(int fields) {
        return functions
                .udf((UDF1<String, Row>) text -> record(text, fields), RECORD)
                .withName("read_csv");
    }

    /**
     * Maps a field's text to a STRUCT of its value and its fault, one of which is NULL. Both are NULL for an empty
     * field.
     */
    static UserDefinedFunction whole(WholeNumber.Type type) {
        return functions
                .udf((UDF1<String, Row>) text -> whole(text, type), WHOLE)
                .withName("read_" + type);
    }

    private static Row record(String text, int fields) {
        CsvRecord record = CsvRecord.of(text);
        Optional<String> fault = record.fault().or(() -> Optional.of("does not have " + fields + " columns")
                .filter(ragged -> record.values().size() != fields));
        return RowFactory.create(fault.isPresent() ? null : record.values().toArray(String[]::new), fault.orElse(null));
    }

    private static Row whole(String text, WholeNumber.Type type) {
        if (text == null || text.isBlank()) {
            return RowFactory.create(null, null);
        }
        WholeNumber number = WholeNumber.of(text, type);
        return RowFactory.create(number.value().orElse(null), number.fault().orElse(null));
    }
}
