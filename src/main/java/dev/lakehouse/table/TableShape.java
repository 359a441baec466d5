package dev.lakehouse.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/**
 * The properties of a table that its DDL file defines.
 *
 * @param columns by name, in order
 * @param properties by name, including constraints
 * @param comment the table's comment; null if it has none
 * @param clustering the columns by which rows are clustered
 * @param partitions the columns by which files are partitioned
 */
record TableShape(
        Map<String, StructField> columns,
        Map<String, String> properties,
        String comment,
        List<String> clustering,
        List<String> partitions) {

    /** The shape of an open table. */
    static TableShape of(SparkSession session, TableName table) {
        Map<String, StructField> columns = new LinkedHashMap<>();
        for (StructField field : session.table(table.sql()).schema().fields()) {
            columns.put(field.name(), field);
        }
        Row detail = session.sql("DESCRIBE DETAIL " + table.sql()).head();
        return new TableShape(
                columns,
                new TreeMap<>(detail.getJavaMap(detail.fieldIndex("properties"))),
                detail.getAs("description"),
                detail.getList(detail.fieldIndex("clusteringColumns")),
                detail.getList(detail.fieldIndex("partitionColumns")));
    }
}
