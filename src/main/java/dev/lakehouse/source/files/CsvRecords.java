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
 * Joins lines of CSV files to records. Lines are joined only if they form one complete and valid record. So a missing
 * closing quote makes only its own line invalid and none of those that follow.
 */
final class CsvRecords {
    /** A record of more lines is treated as a missing quote. */
    private static final int MOST_LINES = 50;

    /** A record of more characters is too. This bounds reading ahead. */
    private static final int MOST_CHARACTERS = 8_000_000;

    private CsvRecords() {}

    /**
     * Joins the lines of quoted fields with line breaks.
     *
     * @param lines {@code _file, _line, _text, _fault}
     * @param fields the number of fields of a record
     * @return the same columns for records; {@code _line} is the number of a record's first line
     */
    static Dataset<Row> of(Dataset<Row> lines, int fields) {
        // Sorting is needed only if a field may continue on the next line: if a line has an odd number of quotes.
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
            if (!CsvRecord.maySpanLines(text(first))) {
                return first;
            }
            StringBuilder text = new StringBuilder(text(first));
            String fault = first.getString(3);
            long line = first.getLong(1);
            for (int joined = 0; joined < MOST_LINES; joined++) {
                Row more = ahead(joined, text.length());
                if (more == null
                        || !more.getString(0).equals(first.getString(0))
                        || text(more).isEmpty()) {
                    return first;
                }
                // The lines do not include blank lines, but a field may contain them.
                text.append("\n".repeat((int) Math.min(more.getLong(1) - line, MOST_LINES)))
                        .append(text(more));
                line = more.getLong(1);
                fault = fault == null ? more.getString(3) : fault;
                // A line without a quote does not close the field.
                if (text(more).indexOf('"') >= 0) {
                    CsvRecord record = CsvRecord.of(text.toString());
                    if (!record.isOpen()) {
                        return record.fault().isPresent() || record.values().size() != fields
                                ? first
                                : joined(first, joined + 1, text.toString(), fault);
                    }
                }
            }
            return first;
        }

        private Row joined(Row first, int lines, String text, String fault) {
            for (int i = 0; i < lines; i++) {
                ahead.poll();
            }
            return RowFactory.create(first.get(0), first.get(1), text, fault);
        }

        /** The line at a distance; null at the end of the file, or if the record becomes too long. */
        private Row ahead(int after, int characters) {
            if (ahead.size() == after && characters < MOST_CHARACTERS && rows.hasNext()) {
                ahead.add(rows.next());
            }
            return ahead.stream().skip(after).findFirst().orElse(null);
        }

        private static String text(Row row) {
            return row.getString(2);
        }
    }
}
