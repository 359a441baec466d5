package dev.lakehouse.source.files;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Records of CSV files, made of lines. Lines are joined only where they form one whole record, with all its fields and
 * nothing against the rules: a quote that somebody forgot to close costs its own line and none of those that follow.
 */
final class CsvRecords {
    /** A record of more lines than this is taken for a forgotten quote. */
    private static final int MOST_LINES = 50;

    private CsvRecords() {}

    /**
     * Joins the lines of quoted fields with line breaks.
     *
     * @param lines {@code _file, _line, _text, _fault}
     * @param fields how many a record has
     * @return the same columns, of records; {@code _line} is that of their first line
     */
    static Dataset<Row> of(Dataset<Row> lines, int fields) {
        // Sorting is needed only where a field may go on in the next line: where quotes have no partner in their own.
        if (lines.where("length(_text) - length(replace(_text, '\"', '')) & 1 = 1")
                .isEmpty()) {
            return lines;
        }
        StructType schema = lines.schema();
        return lines.repartition(col(TextFiles.FILE))
                .sortWithinPartitions(TextFiles.FILE, TextFiles.LINE)
                .mapPartitions(
                        (MapPartitionsFunction<Row, Row>) rows -> new Joined(rows, fields), Encoders.row(schema));
    }

    /** Reads ahead by {@link #MOST_LINES} at most. */
    private static final class Joined implements Iterator<Row> {
        private final Iterator<Row> rows;
        private final int fields;
        private final Deque<Row> ahead = new ArrayDeque<>();

        Joined(Iterator<Row> rows, int fields) {
            this.rows = rows;
            this.fields = fields;
        }

        @Override
        public boolean hasNext() {
            return !ahead.isEmpty() || rows.hasNext();
        }

        @Override
        public Row next() {
            Row first = ahead.isEmpty() ? rows.next() : ahead.poll();
            if (!Csv.of(first.getString(2)).isOpen()) {
                return first;
            }
            StringBuilder text = new StringBuilder(first.getString(2));
            String fault = first.getString(3);
            long line = first.getLong(1);
            int joined = 0;
            for (Row more : upcoming(first)) {
                // Blank lines are not among the lines; within a field they count.
                text.append("\n".repeat((int) Math.min(more.getLong(1) - line, MOST_LINES)));
                text.append(more.getString(2));
                line = more.getLong(1);
                fault = fault == null ? more.getString(3) : fault;
                joined++;
                Csv form = Csv.of(text.toString());
                if (!form.isOpen()) {
                    if (form.fields() != fields || !form.isStrict()) {
                        return first;
                    }
                    for (int i = 0; i < joined; i++) {
                        ahead.poll();
                    }
                    return RowFactory.create(first.get(0), first.get(1), text.toString(), fault);
                }
            }
            return first;
        }

        /** The lines after one, of the same file. */
        private Iterable<Row> upcoming(Row first) {
            while (ahead.size() < MOST_LINES && rows.hasNext()) {
                ahead.add(rows.next());
            }
            return ahead.stream()
                    .takeWhile(row -> row.getString(0).equals(first.getString(0)))
                    .toList();
        }
    }
}
