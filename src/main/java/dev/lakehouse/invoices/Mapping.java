package dev.lakehouse.invoices;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Maps member numbers to members: {@code member_number, member_id}. */
public final class Mapping {
    private static final StructType SCHEMA = StructType.fromDDL("member_number STRING, member_id STRING");

    private Mapping() {}

    /** An empty mapping, because documents only have member numbers. */
    public static Dataset<Row> none(SparkSession session) {
        return session.createDataFrame(List.of(), SCHEMA);
    }
}
