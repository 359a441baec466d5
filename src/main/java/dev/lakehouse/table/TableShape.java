package dev.lakehouse.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/**
 * What a DDL file decides about a table.
 *
 * @param columns by their names, in their order
 * @param properties by their names; Delta keeps constraints among them
 * @param comment what the table is said to be; null where nothing is
 * @param clustering the columns by which rows are kept together
 * @param partitions the columns by which files are
 */
record TableShape(
        Map<String, StructField> columns,
        Map<String, String> properties,
        String comment,
        List<String> clustering,
        List<String> partitions) {

    /** The shape of a table that the session knows. */
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
