package dev.lakehouse.votes;

import dev.lakehouse.load.FileLoad;
import dev.lakehouse.load.FileRun;
import dev.lakehouse.load.KeyedTable;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * Ingests delivered files of votes into {@code blog_analysis.votes}, one row for each Id. A file that was ingested
 * before and is unchanged is not read. A file that has grown is read completely, and only its new votes are added.
 */
public final class IngestVotes extends FileLoad {
    @Option(names = "--input", required = true, description = "File, folder or glob of JSON lines")
    private String input;

    @Option(names = "--scratch", required = true, description = "Location for temporary files")
    private String scratch;

    /** Runs the task. */
    public static void main(String[] arguments) {
        new IngestVotes().execute(arguments);
    }

    @Override
    protected KeyedTable table() {
        return VoteTables.VOTES;
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
        return new VoteLoad(run);
    }
}
