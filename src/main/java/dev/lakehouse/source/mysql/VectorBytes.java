package dev.lakehouse.source.mysql;

import static org.apache.spark.sql.functions.udf;

import dev.lakehouse.UserError;
import dev.lakehouse.spark.Compute;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;

/** The bytes of a VECTOR as MySQL stores it: four for each number, little endian. */
final class VectorBytes {
    private VectorBytes() {}

    /** The bytes of a column of ARRAY<FLOAT>, where Spark runs our code. */
    static Column textByJava(Column vector) {
        UDF1<Seq<Float>, byte[]> bytes = numbers -> {
            if (numbers == null) {
                return null;
            }
            ByteBuffer buffer =
                    ByteBuffer.allocate(numbers.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < numbers.size(); i++) {
                if (numbers.apply(i) == null) {
                    return new byte[0]; // not in MySQL, but a Delta table may be edited
                }
                buffer.putFloat(numbers.apply(i));
            }
            return buffer.array();
        };
        return udf(bytes, DataTypes.BinaryType).apply(vector);
    }

    /** The error where Spark does not run our code: it has no function for the bytes of a FLOAT. */
    static UserError needsDedicatedCompute() {
        return Compute.needsDedicated(
                "Columns of type VECTOR cannot be loaded",
                "Their proof needs code of this project in Spark, which Spark Connect does not run.",
                " Or leave the columns out of the extract with --without.");
    }
}
