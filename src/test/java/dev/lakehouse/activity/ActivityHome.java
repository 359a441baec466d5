package dev.lakehouse.activity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.privacy.Keyset;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.testing.TestLakehouse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Input, keys and output of a test in a directory of its own. */
final class ActivityHome {
    private final TestLakehouse lakehouse;
    private final Path directory;
    private final Instant since = Instant.now();

    ActivityHome(TestLakehouse lakehouse, Path directory, Keyset keys) throws IOException {
        this.lakehouse = lakehouse;
        this.directory = directory;
        keep(keys);
    }

    void keep(Keyset keys) throws IOException {
        Files.writeString(directory.resolve("keyset"), keys.secretText());
    }

    Path output() {
        return directory.resolve("out");
    }

    /** Where {@link #input} puts files. */
    String inputs() {
        return directory.resolve("in").toString();
    }

    String input(String name, byte[] content) throws IOException {
        Path file = Files.createDirectories(directory.resolve("in")).resolve(name);
        return Files.write(file, content).toString();
    }

    String input(String name, String content) throws IOException {
        return input(name, content.getBytes(UTF_8));
    }

    String compressedInput(String name, String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content.getBytes(UTF_8));
        }
        return input(name, bytes.toByteArray());
    }

    /** Runs the task, its reports with addresses where no option says otherwise; returns what was printed. */
    String load(String input, String... options) {
        List<String> all = new ArrayList<>(List.of(
                "--landing=" + directory.resolve("landing"),
                "--input=" + input,
                "--exports=" + directory.resolve("exports"),
                "--keyset=file:" + directory.resolve("keyset")));
        all.addAll(List.of(options));
        for (String other : List.of("--output=" + output(), "--reported-email=plain")) {
            String name = other.substring(0, other.indexOf('=') + 1);
            if (all.stream().noneMatch(option -> option.startsWith(name))) {
                all.add(other);
            }
        }
        return lakehouse.task(LoadActivity::main, all);
    }

    /** Loads one input, is stopped while it loads another, and loads that again. */
    void stopsAndRecovers(String place, String before, String after) throws IOException {
        load(input("a.json", before));
        long rows = count("user_activity");
        long locations = count("location_index");
        FailPoint.once("LoadActivity." + place, () -> {
            throw new IllegalStateException("stopped at " + place);
        });
        assertThatThrownBy(() -> load(input("a.json", after))).hasMessageContaining("stopped at " + place);
        long rowsThen = count("user_activity");
        long locationsThen = count("location_index");
        long rowsInTable = Long.parseLong(
                lakehouse.query("SELECT count(*) FROM activity.user_activity").get(0));

        load(input("a.json", after));

        assertThat(rowsThen).isIn(rows, count("user_activity"));
        assertThat(rowsInTable).isIn(rows, count("user_activity"));
        assertThat(locationsThen).isIn(locations, count("location_index"));
        assertNothingIsLeftBehind();
    }

    void assertNothingIsLeftBehind() throws IOException {
        assertThat(files()).containsExactlyInAnyOrder("user_activity.parquet", "location_index.parquet");
        assertThat(directory.resolve("landing/activity/_scratch")).isEmptyDirectory();
    }

    private long count(String table) {
        return Long.parseLong(parquet(table, "count(*)", "1").get(0));
    }

    /** Columns of the ledger's rows of this test, oldest first, where a condition holds. */
    List<String> ledger(String columns, String condition) {
        return lakehouse.ledger(columns, "task = 'LoadActivity' AND started_at >= '" + since + "' AND " + condition);
    }

    /** What tells whether something was written. */
    List<Long> state() throws IOException {
        return List.of(
                lakehouse.version("activity.user_activity"),
                lakehouse.version("activity.location_index"),
                lakehouse.version("activity.activity_quarantine"),
                lakehouse.dataFiles("activity.user_activity"),
                lakehouse.dataFiles("activity.location_index"),
                modified("user_activity"),
                modified("location_index"));
    }

    private long modified(String table) throws IOException {
        return Files.getLastModifiedTime(output().resolve(table + "/" + table + ".parquet"))
                .toMillis();
    }

    List<String> parquet(String table, String columns, String order) {
        return lakehouse.query(
                "SELECT " + columns + " FROM parquet.`file:" + output().resolve(table) + "` ORDER BY " + order);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(output())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    // Hadoop's checksums of local files; hidden from readers as all that begins so.
                    .filter(name -> !name.startsWith("."))
                    .toList();
        }
    }
}
