package dev.lakehouse.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.load.FileRun;
import dev.lakehouse.source.files.LineLimit;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.task.ScratchSpace;
import dev.lakehouse.task.TaskContexts;
import dev.lakehouse.testing.TestLakehouse;
import dev.lakehouse.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetExportTest {
    private static final TestLakehouse LAKEHOUSE = TestLakehouse.fresh();

    @TempDir
    private Path directory;

    @Test
    void theSameRowsInAnyOrderAreNotWrittenAgainAndADamagedFileIsReplaced() throws IOException {
        ParquetExport export = export(directory.toString());
        Path file = directory.resolve("location_index/location_index.parquet");

        assertThat(write(export, "('Peru', array('a')), ('DE', array('b'))")).isTrue();
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        assertThat(write(export, "('DE', array('b')), ('Peru', array('a'))")).isFalse();
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(1_000_000));

        Files.writeString(file, "damaged");
        assertThat(write(export, "('DE', array('b')), ('Peru', array('a'))")).isTrue();
        assertThat(rows(export)).containsExactly("DE|b", "Peru|a");
    }

    @Test
    void rowsOfOtherTypesAreReplaced() {
        ParquetExport export = export(directory.toString());
        write(export, "('Peru', array(1))");

        assertThat(write(export, "('Peru', array('1'))")).isTrue();
        assertThat(write(export, "('Peru', array('1'))")).isFalse();
    }

    @Test
    void theDirectoryIsReplacedAsAWholeOrNotAtAllOnADiskAndOnS3() {
        for (String output : List.of(directory.toString(), TestServers.freshPrefix() + "/exports here")) {
            ParquetExport export = export(output);
            write(export, "('Peru', array('a'))");
            FailPoint.once("Test.location_index.copied", () -> {
                throw new IllegalStateException("stopped");
            });

            assertThatThrownBy(() -> write(export, "('DE', array('b'))")).hasMessage("stopped");
            assertThat(rows(export)).as(output).containsExactly("Peru|a");
            write(export, "('DE', array('b'))");
            assertThat(rows(export)).as(output).containsExactly("DE|b");
        }
    }

    @Test
    void filesOfSomebodyElseAreRefusedAndOwnAndHiddenOnesAreNot() throws IOException {
        ParquetExport export = export(directory.toString());
        assertThatCode(export::check).doesNotThrowAnyException();
        write(export, "('Peru', array('a'))");
        Files.writeString(directory.resolve("location_index/_SUCCESS"), "");
        assertThatCode(export::check).doesNotThrowAnyException();
        Files.writeString(directory.resolve("location_index/part-0.parquet"), "");

        assertThatThrownBy(export::check)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("contains files that this product did not write")
                .hasMessageContaining("part-0.parquet");
    }

    private static ParquetExport export(String output) {
        return new ParquetExport(ActivityTables.LOCATION_INDEX, output);
    }

    private boolean write(ParquetExport export, String values) {
        Dataset<Row> rows = TestLakehouse.session().sql("SELECT * FROM VALUES " + values + " AS t (location, ids)");
        try (ScratchSpace scratch = new ScratchSpace(directory + "/_scratch")) {
            return export.write(new FileRun(TaskContexts.of(LAKEHOUSE), scratch, LineLimit.of("1MB")), rows);
        }
    }

    private static List<String> rows(ParquetExport export) {
        return TestLakehouse.session()
                .read()
                .parquet(export.directory())
                .selectExpr("location", "array_join(ids, ',')")
                .orderBy("location")
                .collectAsList()
                .stream()
                .map(row -> row.mkString("|"))
                .toList();
    }
}
