package dev.lakehouse.orders;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.source.files.JsonObject;
import dev.lakehouse.source.files.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Reads a message: its fields and those of its lines as texts, with numbers as written. */
final class OrderJson {
    private static final DataType TEXTS = DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType, true);

    private static final StructType SCHEMA = new StructType()
            .add("faults", DataTypes.createArrayType(DataTypes.StringType, false), false)
            .add("fields", TEXTS, false)
            .add("lines", DataTypes.createArrayType(TEXTS, true));

    private static final UserDefinedFunction READ =
            functions.udf((UDF1<String, Row>) OrderJson::read, SCHEMA).withName("read_order");

    private OrderJson() {}

    /**
     * Reads texts.
     *
     * @return {@code STRUCT<faults ARRAY<STRING>, fields MAP<STRING, STRING>, lines ARRAY<MAP<STRING, STRING>>>}; lines
     *     is NULL if the message has no array of that name, and an element is NULL if it is not an object
     */
    static Column read(Column text) {
        return READ.apply(text);
    }

    private static Row read(String text) {
        if (text == null) {
            return null;
        }
        JsonObject json = StrictJson.read(text);
        JsonNode lines = json.fields().get("order_lines");
        if (lines == null || lines.isNull()) {
            lines = json.fields().get("order_line");
        }
        return RowFactory.create(
                json.faults().toArray(String[]::new), CollectionConverters.asScala(json.texts()), lines(lines));
    }

    private static Object[] lines(JsonNode array) {
        if (array == null || !array.isArray()) {
            return null;
        }
        List<Object> lines = new ArrayList<>();
        for (JsonNode line : array) {
            Map<String, String> texts = line.isObject() ? JsonObject.texts(line) : null;
            lines.add(texts == null ? null : CollectionConverters.asScala(texts));
        }
        return lines.toArray();
    }
}
