package dev.lakehouse.extract;

import dev.lakehouse.UserError;
import dev.lakehouse.source.mysql.InvalidDates;
import dev.lakehouse.source.mysql.KeyRanges;
import dev.lakehouse.source.mysql.MaskKey;
import dev.lakehouse.source.mysql.SourceSettings;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of reading and file layout, shared by the extract and the check of its source. */
final class LayoutOptions {
    @Option(
            names = "--partition",
            defaultValue = "",
            paramLabel = "NAME=EXPRESSION",
            description = "Partition column and its Spark SQL expression; without it there is one folder")
    private String partition;

    @Option(names = "--sort", split = ",", paramLabel = "COLUMN", description = "Columns that files are sorted by")
    private List<String> sort = List.of();

    @Option(
            names = "--range-rows",
            defaultValue = "" + KeyRanges.ROWS,
            description = "Rows per key range, the unit of proof (default: ${DEFAULT-VALUE})")
    private long rangeRows;

    @Option(
            names = "--writer-rows",
            defaultValue = "1000000",
            description = "Rows per writer; fewer if there are cores for more writers (default: ${DEFAULT-VALUE})")
    private long writerRows;

    /** The layout of the files. Numbers of rows below 1 are refused as well. */
    FileLayout layout() {
        rangeRows();
        writerRows();
        return FileLayout.of(partition, sort);
    }

    /** As a manifest has it, with the settings of the source and the key of its masks. */
    Manifest.Layout settings(SourceSettings source, Optional<MaskKey> key) {
        return new Manifest.Layout(
                partition.isEmpty() ? null : partition,
                sort,
                rangeRows(),
                writerRows(),
                source.key().isEmpty() ? null : source.key(),
                source.invalidDates() == InvalidDates.REFUSE ? null : source.invalidDates(),
                source.where().isEmpty() ? null : source.where(),
                source.masks().isEmpty() ? null : source.masks(),
                key.map(MaskKey::fingerprint).orElse(null));
    }

    private long rangeRows() {
        return positive("--range-rows", rangeRows);
    }

    private long writerRows() {
        return positive("--writer-rows", writerRows);
    }

    private static long positive(String option, long rows) {
        if (rows < 1) {
            throw new UserError(
                    option + "=" + rows + " is not a number of rows.", "It must be at least 1.", "Give 1 or more.");
        }
        return rows;
    }
}
