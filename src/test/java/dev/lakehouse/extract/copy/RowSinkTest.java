package dev.lakehouse.extract.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.source.mysql.RowFormat;
import dev.lakehouse.spark.RowExpression;
import dev.lakehouse.storage.TaskFiles;
import dev.lakehouse.testing.TestLakehouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowSinkTest {
    private static final int ROWS = 5_000;
    private static final long LITTLE = 200_000;
    private static final StructType SOURCE =
            new StructType().add("id", DataTypes.IntegerType).add("name", DataTypes.StringType);

    @TempDir
    private Path directory;

    private TableCopy copy(List<Integer> sort, String partition) {
        return new TableCopy(
                null,
                null,
                null,
                null,
                SOURCE.add(RowFormat.CHECKSUM, DataTypes.LongType).add(RowFormat.RANGE, DataTypes.IntegerType),
                sort,
                partition == null ? null : RowExpression.folder(TestLakehouse.session(), SOURCE, "p", partition),
                TaskFiles.of(directory.toString()),
                directory.toString(),
                "4.1.3");
    }

    private static List<WrittenFile> written(TableCopy copy) {
        RowSink sink = new RowSink(copy, 3, LITTLE);
        Random random = new Random(7);
        for (int i = 0; i < ROWS; i++) {
            byte[] name =
                    i % 10 == 0 ? null : ("a name of some length " + random.nextInt()).getBytes(StandardCharsets.UTF_8);
            byte[] id = Integer.toString(random.nextInt()).getBytes(StandardCharsets.UTF_8);
            sink.add(new CopiedRow(new byte[][] {id, name}, i, 5));
        }
        return sink.close();
    }

    private Dataset<Row> read() {
        return TestLakehouse.session().read().parquet(directory.toString());
    }

    private void assertAllRowsAreIn(List<WrittenFile> files) throws IOException {
        assertThat(read().selectExpr(
                                "count(*)",
                                "count(DISTINCT _row_checksum)",
                                "min(_row_checksum)",
                                "max(_row_checksum)",
                                "count(name)",
                                "max(_range)")
                        .head()
                        .mkString("|"))
                .isEqualTo(ROWS + "|" + ROWS + "|0|" + (ROWS - 1) + "|" + ROWS * 9 / 10 + "|5");
        assertThat(files.stream().mapToLong(WrittenFile::rows).sum()).isEqualTo(ROWS);
        try (Stream<Path> stored = Files.walk(directory)) {
            assertThat(stored.filter(Files::isRegularFile)
                            .map(file -> directory.relativize(file).toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            files.stream().map(WrittenFile::path).toList());
        }
    }

    @Test
    void whatExceedsMemoryGoesIntoMoreFilesAndNoRowIsLost() throws IOException {
        List<WrittenFile> files = written(copy(List.of(), null));

        assertThat(files).hasSizeGreaterThan(1);
        assertAllRowsAreIn(files);
    }

    @Test
    void rowsAreSortedByValueInRunsThatFitInMemory() throws IOException {
        List<WrittenFile> files = written(copy(List.of(0), "pmod(id, 2)"));

        assertAllRowsAreIn(files);
        for (WrittenFile file : files) {
            List<Integer> ids = TestLakehouse.session()
                    .read()
                    .parquet(directory.resolve(file.path()).toString())
                    .select("id")
                    .collectAsList()
                    .stream()
                    .map(row -> row.getInt(0))
                    .toList();
            long descents = 0;
            for (int i = 1; i < ids.size(); i++) {
                descents += ids.get(i) < ids.get(i - 1) ? 1 : 0;
            }
            assertThat(descents).as(file.path()).isLessThan(ids.size() / 100);
        }
    }

    @Test
    void fewFilesAreOpenHoweverManyFoldersThereAre() throws IOException {
        List<WrittenFile> files = written(copy(List.of(), "pmod(id, 250)"));

        assertThat(files.stream()
                        .map(file -> file.path().replaceFirst("/.*", ""))
                        .distinct())
                .hasSize(250);
        assertAllRowsAreIn(files);
    }

    @Test
    void afterAFailureNoIncompleteFileIsLeft() throws IOException {
        RowSink sink = new RowSink(copy(List.of(0), null), 3, LITTLE);
        // More than fit in memory once, so that a file is open.
        for (int i = 0; files().isEmpty(); i++) {
            sink.add(new CopiedRow(new byte[][] {{'1'}, null}, i, 0));
        }

        sink.abandon();

        assertThat(files()).isEmpty();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> stored = Files.walk(directory)) {
            return stored.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void nullsCountInMemory() {
        assertThat(new CopiedRow(new byte[500][], 1, 0).memory()).isGreaterThan(500 * 8);
    }
}
