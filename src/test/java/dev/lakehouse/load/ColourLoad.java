package dev.lakehouse.load;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.lakehouse.load.Deduplication.Status;
import dev.lakehouse.source.files.CsvInput;
import dev.lakehouse.source.files.TextFiles;
import dev.lakehouse.task.Report;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Option;

/** A product that is nothing but a load of files: of each id the colour delivered first. */
public final class ColourLoad extends FileLoad {
    static final KeyedTable COLOURS = KeyedTable.of("lake", "colours", "id");
    static final KeyedTable QUARANTINE = KeyedTable.of("lake", "colours_quarantine", "_file", "_line");
    static final KeyedTable FILES = KeyedTable.of("lake", "colour_files", "_file");

    static final Map<KeyedTable, String> DDL = Map.of(
            COLOURS,
            "CREATE TABLE lake.colours (id STRING, colour STRING, _file STRING, _line BIGINT, _loaded_at TIMESTAMP)"
                    + " USING DELTA",
            QUARANTINE,
            "CREATE TABLE lake.colours_quarantine (_reasons ARRAY<STRING>, _file STRING, _line BIGINT, _text STRING,"
                    + " _loaded_at TIMESTAMP) USING DELTA",
            FILES,
            "CREATE TABLE lake.colour_files (_file STRING, _size BIGINT, _modified_at TIMESTAMP, _loaded_at TIMESTAMP)"
                    + " USING DELTA");

    private static final CsvInput INPUT = new CsvInput("colours", List.of("id", "colour"), Map.of(), Map.of());

    @Option(names = "--input", required = true)
    private String input;

    @Option(names = "--scratch", required = true)
    private String scratch;

    /** Runs the task. */
    public static void main(String[] arguments) {
        new ColourLoad().execute(arguments);
    }

    @Override
    protected KeyedTable table() {
        return COLOURS;
    }

    @Override
    protected List<String> inputs() {
        return List.of(input);
    }

    @Override
    protected String scratch() {
        return scratch;
    }

    @Override
    protected Product open(FileRun run) {
        return new Colours(run);
    }

    private static final class Colours implements Product {
        private final FileRun run;
        private final Target colours;
        private final Target quarantine;
        private final ProcessedFiles files;
        private Dataset<Row> statuses;
        private MergePlan added;

        Colours(FileRun run) {
            this.run = run;
            this.colours = run.open(COLOURS);
            this.quarantine = run.open(QUARANTINE);
            this.files = new ProcessedFiles(run.open(FILES));
        }

        @Override
        public Dataset<Row> pending(Dataset<Row> listed) {
            return FileRun.collected(files.pending(listed));
        }

        @Override
        public FileInput read(Dataset<Row> pending) {
            return run.csv(INPUT, pending, List.of(new Expectation("id is missing", "trim(csv.id) <> ''")));
        }

        @Override
        public void deduplicate(FileInput in) {
            Dataset<Row> good = in.accepted().select("csv.*", TextFiles.FILE, TextFiles.LINE, TextFiles.TEXT);
            statuses = run.scratch()
                    .keep(Deduplication.of(COLOURS.key()).statuses(good, col("colour"), colours.rows()), "statuses");
        }

        @Override
        public MergePlan quarantine(FileInput in) {
            Dataset<Row> bad = in.quarantined()
                    .drop("csv")
                    .unionByName(
                            statuses.where(Status.CONFLICT.is())
                                    .withColumn(Quality.REASONS, array(lit("another colour than before"))),
                            true);
            Dataset<Row> held = quarantine.rows().join(in.files(), FILES.keyColumns(), "left_semi");
            return Quarantine.mirror(quarantine, bad, held, run.scratch());
        }

        @Override
        public void merge(FileInput in) {
            added = run.write(MergePlan.newRows(colours, statuses.where(Status.NEW.is())));
        }

        @Override
        public void record(FileInput in) {
            run.write(files.record(in.files(), run.scratch()));
        }

        @Override
        public LoadResult result(FileInput in) {
            long rows = in.rows().count();
            long bad = in.quarantined().count()
                    + statuses.where(Status.CONFLICT.is()).count();
            return LoadResult.of(COLOURS)
                    .read(rows, Report.rows(rows))
                    .changed(added)
                    .quarantined(bad, Report.rows(bad));
        }
    }
}
