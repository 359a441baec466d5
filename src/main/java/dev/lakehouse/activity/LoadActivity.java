package dev.lakehouse.activity;

import dev.lakehouse.load.FileLoad;
import dev.lakehouse.load.FileRun;
import dev.lakehouse.load.KeyedTable;
import dev.lakehouse.privacy.Keyset;
import dev.lakehouse.secrets.SecretReference;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.storage.Location;
import dev.lakehouse.task.TaskContext;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Option;

/**
 * Computes {@code activity.user_activity}, {@code activity.location_index} and their Parquet directories from JSON
 * lines: deduplicated, ranked, flattened and pseudonymised. The tables contain exactly the result of the current input.
 * If they already do, nothing is written.
 */
public final class LoadActivity extends FileLoad {
    @Option(names = "--landing", required = true, description = "Location of the input, under activity/")
    private String landing;

    @Option(
            names = "--input",
            defaultValue = "",
            paramLabel = "LOCATION",
            description = "Read this file, folder or glob instead of the landing's")
    private String input;

    @Option(names = "--exports", required = true, description = "Location of the Parquet directories, under activity/")
    private String exports;

    @Option(
            names = "--output",
            defaultValue = "",
            paramLabel = "LOCATION",
            description = "Write the Parquet directories here instead of the exports")
    private String output;

    @Option(
            names = "--keyset",
            required = true,
            paramLabel = "REF",
            description = "Reference to the keys of pseudonyms: env:NAME, file:PATH or databricks:SCOPE/KEY")
    private String keyset;

    @Option(
            names = "--reported-email",
            defaultValue = "pseudonym",
            description = "How the report of the highest ranks shows addresses: plain or pseudonym (default:"
                    + " ${DEFAULT-VALUE})")
    private ReportedEmail reportedEmail;

    /** Runs the task. */
    public static void main(String[] arguments) {
        new LoadActivity().execute(arguments);
    }

    @Override
    protected KeyedTable table() {
        return ActivityTables.USER_ACTIVITY;
    }

    @Override
    protected List<String> inputs() {
        return List.of(input.isEmpty() ? folder() : input);
    }

    @Override
    protected String scratch() {
        return folder() + "/_scratch";
    }

    private String folder() {
        return Location.below(landing, "activity");
    }

    @Override
    protected Dataset<Row> list(TaskContext context) {
        // Left by killed runs, and may contain e-mail addresses. Runs of the job do not overlap.
        FileStore.of(scratch()).delete(scratch());
        return super.list(context);
    }

    @Override
    protected Product open(FileRun run) {
        String target = output.isEmpty() ? Location.below(exports, "activity") : output;
        Keyset keys = Keyset.read(SecretReference.parse(keyset));
        return new ActivityLoad(run, keys, reportedEmail, target, String.join(", ", inputs()));
    }

    @Override
    protected String outcomeOfOthers() {
        return "The tables contain the result of the other files.";
    }
}
