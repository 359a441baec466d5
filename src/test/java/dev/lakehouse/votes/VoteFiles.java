package dev.lakehouse.votes;

import dev.lakehouse.load.FileRun;
import dev.lakehouse.source.files.LineLimit;
import dev.lakehouse.source.files.TextFiles;
import dev.lakehouse.task.ScratchSpace;
import dev.lakehouse.task.TaskContexts;
import dev.lakehouse.testing.TestLakehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Delivered files in a folder, and what ingesting them leads to. */
record VoteFiles(TestLakehouse lakehouse, Path folder) {

    /** A line as they are delivered. */
    static String vote(long id, long post, String date) {
        return "{\"Id\":\"" + id + "\",\"PostId\":\"" + post + "\",\"VoteTypeId\":\"2\",\"CreationDate\":\"" + date
                + "T00:00:00.000\"}\n";
    }

    VoteFiles write(String name, String... lines) {
        return write(name, String.join("", lines).getBytes(StandardCharsets.UTF_8));
    }

    VoteFiles write(String name, byte[] content) {
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(name), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder as the task reads it; no table is touched. */
    FileRun.JsonInput read(String maxLine) {
        return read(folder, maxLine);
    }

    FileRun.JsonInput read(Path input, String maxLine) {
        FileRun run = new FileRun(
                TaskContexts.of(lakehouse),
                ScratchSpace.below(folder.resolve("_scratch").toString()),
                LineLimit.of(maxLine));
        Dataset<Row> files = TextFiles.at(TestLakehouse.session(), List.of(input.toString()));
        return run.json(files, VoteLines::validated);
    }

    /** Ingests the folder; returns what was printed. */
    String ingest() {
        return ingest(folder.toString());
    }

    String ingest(String input, String... more) {
        List<String> options =
                new ArrayList<>(List.of("--input=" + input, "--scratch=" + lakehouse.landing() + "/votes/_scratch"));
        options.addAll(List.of(more));
        return lakehouse.task(IngestVotes::main, options);
    }

    List<String> votes() {
        return lakehouse.query("SELECT id, post_id FROM blog_analysis.votes ORDER BY id");
    }

    List<String> quarantine() {
        return lakehouse.query("SELECT _reasons[0], regexp_extract(_file, '[^/]*$', 0), _line, _text FROM"
                + " blog_analysis.votes_quarantine ORDER BY _file, _line");
    }

    List<String> files() {
        return lakehouse.query("SELECT regexp_extract(_file, '[^/]*$', 0), line_count, vote_count, repeated_count,"
                + " quarantined_count FROM blog_analysis.ingested_files ORDER BY _file");
    }
}
