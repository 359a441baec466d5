package dev.lakehouse.extract;

import dev.lakehouse.UserError;
import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.source.mysql.RangeSum;
import dev.lakehouse.storage.StoredFile;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.Step;
import dev.lakehouse.task.Task;
import dev.lakehouse.task.TaskContext;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;

/**
 * Verifies the newest extract using only the landing: the files are byte by byte those that the manifest lists, and
 * there are no others; rows per file, and count and checksum per key range, are those of the manifest. Once the rows of an extract
 * are verified, the bytes are compared alone, by their SHA-256: equal bytes have equal rows. It changes nothing but the record of
 * that.
 */
public final class VerifyExtract extends Task {
    @Mixin
    private final ExtractOptions extracts = new ExtractOptions();

    /** Runs the task. */
    public static void main(String[] arguments) {
        new VerifyExtract().execute(arguments);
    }

    @Override
    protected Result run(TaskContext context) {
        String table = extracts.table();
        context.progress(Result.none().table(table));
        Landing landing = extracts.landing().orElseThrow(this::nothing);
        long number = landing.newest().orElseThrow(this::nothing);
        context.progress(Result.none().table(table).extract(number));
        Manifest manifest = landing.manifest(number);
        new ExtractReader(context.session(), landing, manifest).verify();
        boolean areRowsKnown = landing.isVerified(manifest);
        List<String> findings =
                context.adaptedTo(manifest.rows(), () -> findings(context, landing, manifest, areRowsKnown));
        if (!findings.isEmpty()) {
            throw new UserError(
                    "Extract " + number + " of '" + table + "' does not match its manifest.",
                    String.join("\n        ", findings),
                    "Run the extract again: the next load uses the newer extract.");
        }
        if (!areRowsKnown) {
            landing.recordVerified(manifest);
        }
        context.report()
                .line(
                        "verified",
                        "extract " + number + ": "
                                + Report.count(manifest.files().size(), "file") + ", "
                                + Report.rows(manifest.rows()) + ", checksum " + manifest.checksum()
                                + ", as in its manifest"
                                + (areRowsKnown ? "; the bytes are those whose rows were verified before" : ""));
        return Result.none()
                .table(table)
                .extract(number)
                .checksum(manifest.total().checksum())
                .count(Measure.ROWS_READ, manifest.rows());
    }

    private UserError nothing() {
        return new UserError(
                "There is no extract of '" + extracts.table() + "' to verify.",
                "There is no manifest in " + extracts.place() + ".",
                "Run the extract first, or correct --source, --table and --landing.");
    }

    private static List<String> findings(
            TaskContext context, Landing landing, Manifest manifest, boolean areRowsKnown) {
        String directory = landing.directory(manifest.extract());
        ExtractFiles files = new ExtractFiles(context.session(), directory, manifest.rowFormat());
        Map<String, Long> listed = new TreeMap<>(
                manifest.files().stream().collect(Collectors.toMap(Manifest.DataFile::path, Manifest.DataFile::rows)));
        TreeSet<String> strange = files.list().stream()
                .map(StoredFile::location)
                .map(files::pathBelow)
                .collect(Collectors.toCollection(TreeSet::new));
        strange.removeAll(listed.keySet());
        if (!strange.isEmpty()) {
            return List.of(
                    directory + " contains files that the manifest does not list: " + String.join(", ", strange) + ".");
        }
        if (areRowsKnown) {
            return List.of();
        }
        Step.part("summing files", manifest.rows());
        ExtractFiles.Contents contents =
                files.contents(List.copyOf(listed.keySet()), manifest.ranges().size());
        List<String> findings = new ArrayList<>();
        listed.forEach((path, rows) -> {
            long found = contents.rowsByFile().getOrDefault(path, 0L);
            if (found != rows) {
                findings.add(path + " has " + Report.rows(found) + ", but " + rows + " in the manifest.");
            }
        });
        for (int i = 0; i < manifest.ranges().size(); i++) {
            Manifest.Range range = manifest.ranges().get(i);
            RangeSum listedSum = new RangeSum(range.rows(), new BigDecimal(range.checksum()));
            if (!contents.ranges().get(i).equals(listedSum)) {
                findings.add("Key range " + (i + 1) + " has "
                        + printed(contents.ranges().get(i)) + ", but " + printed(listedSum) + " in the manifest.");
            }
        }
        return findings;
    }

    private static String printed(RangeSum sum) {
        return Report.rows(sum.rows()) + " with checksum " + sum.checksum();
    }
}
