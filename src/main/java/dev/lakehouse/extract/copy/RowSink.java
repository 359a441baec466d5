package dev.lakehouse.extract.copy;

import dev.lakehouse.spark.RowExpression;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.StructField;

/** Takes rows, as many as fit in memory at a time, sorts them and hands them to the files of their folders, one by one. */
final class RowSink {
    private static final int BATCH = 10_000;

    private final TableCopy copy;
    private final int group;
    private final RowExpression folder;
    private final Comparator<CopiedRow> order;
    private final List<CopiedRow> waiting = new ArrayList<>();
    private final long limit;
    private long memory;
    private DataFiles files;

    /**
     * @param limit bytes of memory for the rows that are sorted, and again for the open files
     */
    RowSink(TableCopy copy, int group, long limit) {
        this.copy = copy;
        this.group = group;
        this.limit = limit;
        this.folder = copy.folder();
        this.order = order(copy);
    }

    private static Comparator<CopiedRow> order(TableCopy copy) {
        Comparator<CopiedRow> order = null;
        for (int column : copy.sort()) {
            StructField field = copy.schema().fields()[column];
            ParquetColumn type = ParquetColumn.of(field.dataType());
            Comparator<CopiedRow> next = (a, b) -> type.compare(a.texts()[column], b.texts()[column]);
            order = order == null ? next : order.thenComparing(next);
        }
        return order;
    }

    void add(CopiedRow row) {
        waiting.add(row);
        memory += row.memory();
        if (memory > limit || (order == null && folder == null && waiting.size() == BATCH)) {
            flush();
        }
    }

    private void flush() {
        if (files == null) {
            files = new DataFiles(copy, group, limit, distinct());
        }
        Map<String, List<CopiedRow>> folders =
                waiting.stream().collect(Collectors.groupingBy(row -> folder == null ? "" : folder.of(row.texts())));
        folders.forEach((name, rows) -> {
            if (order != null) {
                rows.sort(order);
            }
            rows.forEach(row -> files.add(name, row));
        });
        waiting.clear();
        memory = 0;
    }

    /** The columns whose values rarely repeat among the first rows: a dictionary of them would only cost memory. */
    private List<String> distinct() {
        List<CopiedRow> first = waiting.subList(0, Math.min(BATCH, waiting.size()));
        return IntStream.range(0, copy.schema().size() - 2)
                .filter(column -> {
                    Set<ByteBuffer> values = new HashSet<>();
                    first.stream()
                            .map(row -> row.texts()[column])
                            .filter(text -> text != null)
                            .forEach(text -> values.add(ByteBuffer.wrap(text)));
                    return values.size() > first.size() / 2;
                })
                .mapToObj(column -> copy.schema().fieldNames()[column])
                .toList();
    }

    List<WrittenFile> close() {
        flush();
        return files.close();
    }

    /** Gives up after a failure. Files that are complete are left, and no result names them. */
    void abandon() {
        if (files != null) {
            files.abandon();
        }
    }
}
