package dev.lakehouse.source.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.task.ScratchSpace;
import dev.lakehouse.testing.TestLakehouse;
import dev.lakehouse.testing.TestServers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFilesTest {
    private static final SparkSession SESSION = TestLakehouse.session();

    @TempDir
    Path directory;

    @Test
    void linesKeepTheirTextAndTheirPlace() throws IOException {
        write("a.txt", "one\ntwo\nlast without an end".getBytes(UTF_8));

        assertThat(lines("a.txt")).containsExactly("a.txt 1 one", "a.txt 2 two", "a.txt 3 last without an end");
    }

    @Test
    void byteOrderMarkAndCarriageReturnsBelongToNoLine() throws IOException {
        write("a.txt", "\uFEFFone\r\ntw\ro\r\n".getBytes(UTF_8));

        assertThat(lines("a.txt")).containsExactly("a.txt 1 one", "a.txt 2 tw\ro");
    }

    @Test
    void blankLinesAreCountedAndLeftOutAndTheOthersKeepTheirNumbers() throws IOException {
        write("a.txt", "\n  \r\none\n\t\ntwo\n".getBytes(UTF_8));

        Lines lines = read("a.txt");

        assertThat(lines.blank()).isEqualTo(3);
        assertThat(lines.count()).isEqualTo(2);
        assertThat(shown(lines)).containsExactly("a.txt 3 one", "a.txt 5 two");
    }

    @Test
    void aLineThatIsNotUtf8IsToldAndStaysReadableAndItsNeighboursAreFine() throws IOException {
        write("a.txt", "caf\u00e9\nplain\n".getBytes(ISO_8859_1));
        write("b.txt", "caf\u00e9\n".getBytes(UTF_8));

        assertThat(validated("."))
                .containsExactly("a.txt 1 café not UTF-8 text", "a.txt 2 plain null", "b.txt 1 café null");
    }

    @Test
    void compressedFilesAreReadAsTheirContent() throws IOException {
        write("a.txt.gz", gzip("\uFEFFone\r\ntwo"));

        assertThat(lines("a.txt.gz")).containsExactly("a.txt.gz 1 one", "a.txt.gz 2 two");
    }

    @Test
    void aFileThatWasCutOffIsNamedAndNothingOfItIsTaken() throws IOException {
        byte[] whole = gzip("one\ntwo\n".repeat(1_000));
        write("a.txt.gz", Arrays.copyOf(whole, whole.length - 12));

        write("b.txt", "fine\n".getBytes(UTF_8));

        Lines lines = read(".");

        assertThat(shown(lines)).containsExactly("b.txt 1 fine");
        assertThat(lines.refused().files())
                .extracting(RefusedFile::cause)
                .singleElement()
                .asString()
                .contains("a.txt.gz cannot be read to its end");
    }

    @Test
    void aLineBeyondTheLimitHasItsPlaceAndItsLengthAndNoTextAndItsNeighboursAreFine() throws IOException {
        String within = "x".repeat(2_000);
        String text = "one\n\n" + "y".repeat(2_001) + "\n" + within + "\r\n" + "z".repeat(70_000);
        write("a.txt", ("\uFEFF" + text).getBytes(UTF_8));
        write("b.txt.gz", gzip(text));
        write("c.txt", "w".repeat(5_000).getBytes(UTF_8));
        write("d.txt", (within + "\n").getBytes(UTF_8));
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        parts.write(gzip("one\n"));
        parts.write(gzip("two\n"));
        write("e.txt.gz", parts.toByteArray());

        List<String> found = TextFiles.read(SESSION, files("."), scratch(), LineLimit.of("2kB"))
                .rows()
                .orderBy("_file", "_line")
                .collectAsList()
                .stream()
                .map(row -> name(row.getString(0)) + " " + row.getLong(1) + " "
                        + (row.getString(3) == null ? row.getString(2) : row.getString(2) + row.getString(3)))
                .toList();

        assertThat(found)
                .containsExactly(
                        "a.txt 1 one",
                        "a.txt 3 longer than a line may be: 2001 bytes",
                        "a.txt 4 longer than a line may be: 2001 bytes",
                        "a.txt 5 longer than a line may be: 70000 bytes",
                        "b.txt.gz 1 one",
                        "b.txt.gz 3 longer than a line may be: 2001 bytes",
                        "b.txt.gz 4 longer than a line may be: 2001 bytes",
                        "b.txt.gz 5 longer than a line may be: 70000 bytes",
                        "c.txt 1 longer than a line may be: 5000 bytes",
                        "d.txt 1 " + within,
                        "e.txt.gz 1 one",
                        "e.txt.gz 2 two");
    }

    @Test
    void aLongLineThatManyTasksReadIsFoundOnce() throws IOException {
        assertThat(readInBlocks("one\n" + "y".repeat(3_500) + "\ntwo\n" + "z".repeat(1_030) + "\nthree\n"))
                .containsExactly(
                        "1 one",
                        "2 longer than a line may be: 3500 bytes",
                        "3 two",
                        "4 longer than a line may be: 1030 bytes",
                        "5 three");
    }

    @Test
    void aLongLineThatEndsInTheNextTasksBlockHasNoWrongLength() throws IOException {
        assertThat(readInBlocks("one\n" + "y".repeat(495) + "\n" + "z".repeat(900) + "\ntwo\n"))
                .containsExactly(
                        "1 one", "2 " + "y".repeat(495), "3 longer than a line may be: more than 500 bytes", "4 two");
    }

    /** The lines of a file that tasks read in blocks of 1,000 bytes, with a limit of 500: number, and text or fault. */
    private List<String> readInBlocks(String text) throws IOException {
        write("a.txt", text.getBytes(UTF_8));
        SESSION.conf().set("spark.sql.files.maxPartitionBytes", "1000");
        try {
            return TextFiles.read(SESSION, files("."), scratch(), LineLimit.of("500B"))
                    .rows()
                    .orderBy("_line")
                    .selectExpr("concat_ws(' ', _line, nullif(_text, ''), _fault)")
                    .collectAsList()
                    .stream()
                    .map(row -> row.getString(0))
                    .toList();
        } finally {
            SESSION.conf().unset("spark.sql.files.maxPartitionBytes");
        }
    }

    @Test
    void aLimitIsASize() {
        assertThat(LineLimit.of("64MB").bytes()).isEqualTo(64_000_000);
        assertThat(LineLimit.of("1 GB").bytes()).isEqualTo(1_000_000_000);
        for (String wrong : List.of("", "-1", "0", "64 megabytes", "2GB")) {
            assertThatThrownBy(() -> LineLimit.of(wrong).bytes())
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("--max-line takes a size");
        }
    }

    @Test
    void theNumbersOfAFileThatManyTasksReadAreThoseOfItsLines() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int line = 1; line <= 2_000; line++) {
            text.append(line % 7 == 0 ? "" : "line " + line).append(line % 3 == 0 ? "\r\n" : "\n");
        }
        write("large.txt", text.toString().getBytes(UTF_8));
        write("small.txt", "line 1\n".getBytes(UTF_8));
        SESSION.conf().set("spark.sql.files.maxPartitionBytes", "1000");
        try {
            List<Row> rows = read(".").rows().collectAsList();

            assertThat(rows).hasSize(2_000 - 285 + 1).allSatisfy(row -> assertThat(row.<String>getAs("_text"))
                    .isEqualTo("line " + row.<Long>getAs("_line")));
        } finally {
            SESSION.conf().unset("spark.sql.files.maxPartitionBytes");
        }
    }

    @Test
    void namesOfAnyKindAreFoundAndTold() throws IOException {
        write("a b+c%20[x]/{1}#é?.txt", "one\n".getBytes(UTF_8));

        assertThat(lines("a b+c%20[x]")).containsExactly("{1}#é?.txt 1 one");
        assertThat(lines("a b+c%20[x]/{1}#é?.txt")).containsExactly("{1}#é?.txt 1 one");
    }

    @Test
    void wildcardsFoldersAndSeveralLocationsGiveEachFileOnce() throws IOException {
        for (String name : List.of("a1.txt", "a2.txt", "b.txt", "deep/er/c.txt")) {
            write(name, "x\n".getBytes(UTF_8));
        }

        assertThat(names("a*.txt")).containsExactly("a1.txt", "a2.txt");
        assertThat(names(".")).containsExactly("a1.txt", "a2.txt", "b.txt", "c.txt");
        assertThat(names("a1.txt", "a*.txt", "{a2,b}.txt")).containsExactly("a1.txt", "a2.txt", "b.txt");
    }

    @Test
    void filesOnS3AreReadInTheSameWay() {
        String file = TestServers.freshPrefix() + "/in here/a.txt";
        FileStore.of(file).create(file, "one\r\n\ntwo\n".getBytes(UTF_8));

        Lines lines = TextFiles.read(
                SESSION, List.of(file), new ScratchSpace(TestServers.freshPrefix()), LineLimit.of("64MB"));

        assertThat(TextFiles.at(SESSION, List.of(file)).head().getString(0)).isEqualTo(file);
        assertThat(lines.rows().collectAsList())
                .extracting(row -> row.getString(0) + " " + row.getLong(1) + " " + row.getString(2))
                .containsExactly(file + " 1 one", file + " 3 two");
    }

    @Test
    void aLocationWithoutFilesIsNamed() {
        assertThatThrownBy(() -> TextFiles.at(SESSION, List.of(directory + "/none*.txt")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no input at")
                .hasMessageContaining("none*.txt");
    }

    private void write(String name, byte[] content) throws IOException {
        Path file = directory.resolve("in").resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private List<String> files(String... names) {
        List<String> locations = Arrays.stream(names)
                .map(name -> directory.resolve("in").toString() + "/" + name)
                .toList();
        return TextFiles.at(SESSION, locations).collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
    }

    private List<String> names(String... names) {
        return files(names).stream().map(TextFilesTest::name).toList();
    }

    private Lines read(String... names) {
        return TextFiles.read(SESSION, files(names), scratch(), LineLimit.of("64MB"));
    }

    private ScratchSpace scratch() {
        return new ScratchSpace(directory.resolve("scratch" + System.nanoTime()).toString());
    }

    private List<String> lines(String... names) {
        return shown(read(names));
    }

    private static List<String> shown(Lines lines) {
        List<String> shown = new ArrayList<>();
        for (Row row : lines.rows().orderBy("_file", "_line").collectAsList()) {
            shown.add(name(row.getString(0)) + " " + row.getLong(1) + " " + row.getString(2));
        }
        return shown;
    }

    private List<String> validated(String name) {
        return read(name).rows().orderBy("_file", "_line").collectAsList().stream()
                .map(row ->
                        name(row.getString(0)) + " " + row.getLong(1) + " " + row.getString(2) + " " + row.getString(3))
                .toList();
    }

    private static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
