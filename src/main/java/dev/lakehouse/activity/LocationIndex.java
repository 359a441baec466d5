package dev.lakehouse.activity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.trim;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The inverted index of the ids seen at each location. */
final class LocationIndex {
    private static final StructType SCHEMA = new StructType()
            .add("location", DataTypes.StringType)
            .add("ids", DataTypes.createArrayType(DataTypes.StringType, false));

    /** Whether a row has a location that is not blank. */
    static final Column HAS_LOCATION = length(trim(col("location"))).gt(0);

    private LocationIndex() {}

    /**
     * The index. Spark sorts the ids, on disk if memory is short. They are then collected per location: an aggregate
     * such as {@code collect_set} would keep the ids of all locations in memory.
     *
     * @param rows with {@code id} and {@code location}
     * @return {@code location}, distinct, and {@code ids ARRAY<STRING>}, distinct and sorted
     */
    static Dataset<Row> of(Dataset<Row> rows) {
        MapPartitionsFunction<Row, Row> gather = Gathering::new;
        return rows.where(HAS_LOCATION)
                .select("location", "id")
                .repartition(col("location"))
                .sortWithinPartitions("location", "id")
                .mapPartitions(gather, Encoders.row(SCHEMA));
    }

    /** Collects sorted pairs. */
    private static final class Gathering implements Iterator<Row> {
        private final Iterator<Row> pairs;
        private Row next;

        Gathering(Iterator<Row> pairs) {
            this.pairs = pairs;
            advance();
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Row next() {
            if (next == null) {
                throw new NoSuchElementException();
            }
            String location = next.getString(0);
            List<String> ids = new ArrayList<>();
            String last = null;
            while (next != null && next.getString(0).equals(location)) {
                String id = next.getString(1);
                if (!id.equals(last)) {
                    ids.add(id);
                }
                last = id;
                advance();
            }
            return RowFactory.create(location, ids.toArray(String[]::new));
        }

        private void advance() {
            next = pairs.hasNext() ? pairs.next() : null;
        }
    }
}
