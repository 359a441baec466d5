package dev.lakehouse.spending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.task.ScratchSpace;
import dev.lakehouse.testing.TestLakehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {
    @TempDir
    Path directory;

    @Test
    void valuesAreQuotedWhereTheyHaveToBeAndKeptAsTheyAre() throws IOException {
        StructType columns =
                new StructType().add("id", "int").add("name", "string").add("left_out", "string");
        List<Row> rows = List.of(
                RowFactory.create(1, "Bo \"B\"", "x"),
                RowFactory.create(2, "Li, Jr.", "x"),
                RowFactory.create(3, "Two\n\nlines", "x"),
                RowFactory.create(4, " blanks ", "x"),
                RowFactory.create(5, null, "x"),
                RowFactory.create(6, "C:\\é", "x"));

        CsvFile.write(
                TestLakehouse.session().createDataFrame(rows, columns).orderBy("id"),
                List.of("name", "id"),
                directory.resolve("out.csv").toString(),
                ScratchSpace.below(directory.resolve("_scratch").toString()));

        assertThat(Files.readString(directory.resolve("out.csv"))).isEqualTo("""
                name,id
                "Bo ""B""\",1
                "Li, Jr.",2
                "Two

                lines",3
                 blanks ,4
                ,5
                C:\\é,6
                """);
    }
}
