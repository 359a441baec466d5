package dev.lakehouse.activity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.load.Quality;
import dev.lakehouse.source.files.LineLimit;
import dev.lakehouse.source.files.Lines;
import dev.lakehouse.source.files.TextFiles;
import dev.lakehouse.task.ScratchSpace;
import dev.lakehouse.testing.TestLakehouse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("e2e")
class ActivityRowsTest {
    @TempDir
    private Path directory;

    @Test
    void noGoodRowIsLostBesideBadOnesAndEveryBadOneHasItsLineItsReasonAndItsText() throws IOException {
        String withoutId = line("u3", "DE").replace("\"id\":\"u3\",", "");
        String withoutTime = line("u4", "DE").replace("2020", "20-20");
        String withText = line("u5", "DE").replace("}", ",\"revenue\":\"12\"}");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(("\uFEFF" + line("u1", "Peru") + "\r\n\r\nno json\r\n").getBytes(UTF_8));
        bytes.write(line("u2", "Curaçao").getBytes(ISO_8859_1));
        bytes.write(String.join("\n", "", withoutId, withoutTime, withText, line("u6", "Viet Nam"))
                .getBytes(UTF_8));
        Path file = Files.write(directory.resolve("mixed.json"), bytes.toByteArray());

        Lines lines = TextFiles.read(
                TestLakehouse.session(),
                List.of(file.toUri().toString()),
                new ScratchSpace(directory + "/scratch"),
                LineLimit.of("1MB"));
        Dataset<Row> rows = ActivityRows.validated(lines.rows());

        assertThat(lines.count()).isEqualTo(7);
        assertThat(lines.blank()).isEqualTo(1);
        assertThat(texts(Quality.accepted(rows), "_line", "id", "location", "CAST(created_at AS STRING)", "_text"))
                .containsExactly("1|u1|Peru|2020-01-31 14:00:00|null", "8|u6|Viet Nam|2020-01-31 14:00:00|null");
        assertThat(texts(Quality.quarantined(rows), "_line", "array_join(_reasons, ', ')", "_text"))
                .containsExactly(
                        "3|not a JSON object|no json",
                        "4|not UTF-8 text|" + line("u2", "Curaçao"),
                        "5|no id|" + withoutId,
                        "6|created_at is not an ISO instant|" + withoutTime,
                        "7|revenue is not a number|" + withText);
    }

    private static List<String> texts(Dataset<Row> rows, String... columns) {
        return rows.orderBy("_line").selectExpr(columns).collectAsList().stream()
                .map(row -> row.mkString("|"))
                .toList();
    }

    private static String line(String id, String location) {
        return "{\"id\":\"" + id + "\",\"location\":\"" + location + "\",\"created_at\":\"2020-01-31T14:00:00Z\"}";
    }
}
