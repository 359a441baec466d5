package dev.lakehouse.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Delta table as Delta Kernel reads it in a process of its own: an implementation that shares nothing with Spark's but the
 * format, deletion vectors and column mapping included.
 */
public final class KernelTable {
    private KernelTable() {}

    /**
     * The rows of a table on the local disk, in no order. Values are texts, null for NULL: numbers in digits, of floating ones the
     * bits; bytes in upper hexadecimal digits; dates and times as {@link java.time.LocalDate} and
     * {@link java.time.LocalDateTime} print them, instants in UTC.
     */
    public static List<List<String>> rows(String location, List<String> columns) throws IOException {
        Path lines = Files.createTempFile("kernel", ".rows");
        Path log = Files.createTempFile("kernel", ".log");
        try {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    KernelMain.class.getName(),
                    location,
                    lines.toString()));
            command.addAll(columns);
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
            try (Stream<String> rows = Files.lines(lines)) {
                return rows.map(KernelTable::values).toList();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            Files.delete(lines);
            Files.delete(log);
        }
    }

    private static List<String> values(String line) {
        return Arrays.stream(line.split("\t", -1))
                .map(value ->
                        value.equals("-") ? null : new String(HexFormat.of().parseHex(value), StandardCharsets.UTF_8))
                .toList();
    }
}
