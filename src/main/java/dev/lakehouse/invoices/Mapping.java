package dev.lakehouse.invoices;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;

import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Tables;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;

/** Which member a member number belongs to: {@code member_number, member_id}. */
final class Mapping {
    private static final StructType SCHEMA = StructType.fromDDL("member_number STRING, member_id STRING");

    private static final TableName MEMBERS = new TableName("members", "members");

    private Mapping() {}

    /** Nothing is known: documents name members by number only. */
    static Dataset<Row> none(SparkSession session) {
        return session.createDataFrame(List.of(), SCHEMA);
    }

    /** The numbers of generated customers, given to members in the order of their ids as far as there are some. */
    static Dataset<Row> generated(SparkSession session, Tables tables) {
        if (!tables.find(MEMBERS)) {
            return none(session);
        }
        return session.table(MEMBERS.sql())
                .select("member_id")
                .orderBy("member_id")
                .limit(InvoiceGenerator.CUSTOMERS)
                .withColumn("place", row_number().over(Window.orderBy("member_id")))
                .select(
                        col("place")
                                .plus(InvoiceGenerator.FIRST_MEMBER_NUMBER - 1)
                                .cast("string")
                                .as("member_number"),
                        col("member_id"));
    }
}
