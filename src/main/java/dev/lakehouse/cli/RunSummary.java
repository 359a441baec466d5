package dev.lakehouse.cli;

import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Outcome;
import dev.lakehouse.replicate.ReconcileTable;
import dev.lakehouse.table.TableName;
import dev.lakehouse.task.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The summary that is printed after all workflows of a command have succeeded.
 *
 * @param totals the totals of the runs in the ledger
 * @param tables the existing tables
 * @param isEmpty whether an existing table has no row
 */
record RunSummary(List<Totals> totals, List<TableName> tables, Predicate<TableName> isEmpty) {
    /** Of more tables the sums are shown. */
    private static final int MOST_NAMED = 5;

    private static final String RECONCILE = ReconcileTable.class.getSimpleName();

    /** The lines to print, at most five. */
    List<String> lines(Duration elapsed) {
        List<String> lines = new ArrayList<>(List.of(
                line("changed", changed()),
                line("quarantined", quarantined()),
                line("proven", proven()),
                line("took", Report.seconds(elapsed) + " s")));
        tableToLookAt()
                .map(table -> line("next", "./lakehouse sql \"SELECT * FROM " + table + " LIMIT 10\""))
                .ifPresent(lines::add);
        return lines;
    }

    private String changed() {
        List<Totals> loads = totals.stream().filter(Totals::isLoad).toList();
        return loads.size() <= MOST_NAMED
                ? joined(Totals::isLoad, RunSummary::changes, "no table")
                : Report.count(loads.size(), "table") + ": " + changes(loads::stream);
    }

    private String quarantined() {
        List<Totals> loads = totals.stream().filter(RunSummary::hasQuarantined).toList();
        return loads.size() <= MOST_NAMED
                ? joined(RunSummary::hasQuarantined, RunSummary::quarantined, "no row")
                : Report.rows(sum(loads::stream, Measure.ROWS_QUARANTINED)) + " for "
                        + Report.count(loads.size(), "table");
    }

    private String proven() {
        List<Totals> compared = totals.stream().filter(RunSummary::isComparison).toList();
        if (compared.size() <= MOST_NAMED) {
            return joined(RunSummary::isComparison, this::proof, "no table was compared");
        }
        List<Totals> differing = compared.stream()
                .filter(done -> done.outcome() == Outcome.DIFFERS)
                .toList();
        long aside = compared.stream()
                .filter(done -> done.outcome() != Outcome.DIFFERS && !areAllAccepted(done))
                .count();
        return Report.count(compared.size() - differing.size(), "table") + " = their source"
                + (aside == 0 ? "" : ", quarantined rows of " + aside + " aside")
                + differing.stream().map(this::proof).map(text -> "; " + text).collect(Collectors.joining());
    }

    private static boolean isComparison(Totals done) {
        return done.task().equals(RECONCILE);
    }

    private String joined(Predicate<Totals> which, Function<Totals, String> text, String none) {
        String all = totals.stream().filter(which).map(text).collect(Collectors.joining("; "));
        return all.isEmpty() ? none : all;
    }

    private static String changes(Totals done) {
        return done.table() + ": " + changes(() -> Stream.of(done));
    }

    private static String changes(Supplier<Stream<Totals>> loads) {
        return String.format(
                Locale.ROOT,
                "%,d inserted, %,d updated, %,d deleted",
                sum(loads, Measure.ROWS_INSERTED),
                sum(loads, Measure.ROWS_UPDATED),
                sum(loads, Measure.ROWS_DELETED));
    }

    private static long sum(Supplier<Stream<Totals>> loads, Measure measure) {
        return loads.get().mapToLong(done -> done.sum(measure)).sum();
    }

    private static boolean hasQuarantined(Totals done) {
        return done.sum(Measure.ROWS_QUARANTINED) > 0;
    }

    private static String quarantined(Totals done) {
        return Report.rows(done.sum(Measure.ROWS_QUARANTINED)) + " for " + done.table();
    }

    private String proof(Totals done) {
        if (done.outcome() == Outcome.DIFFERS) {
            return done.table() + " differs from its source";
        }
        return done.table() + " = its source" + (areAllAccepted(done) ? "" : ", quarantined rows aside");
    }

    /** A comparison succeeds even if quarantined rows differ. Only a load without quarantined rows or the quarantine rules this out. */
    private boolean areAllAccepted(Totals compared) {
        Optional<Totals> load = totals.stream()
                .filter(done -> done.isLoad() && done.table().equals(compared.table()))
                .findFirst();
        TableName quarantine = TableName.parse(compared.table()).quarantine();
        return load.map(done -> !hasQuarantined(done))
                .orElseGet(() -> !tables.contains(quarantine) || isEmpty.test(quarantine));
    }

    /** The quarantine of the first table with bad rows, or else the first table that was loaded. */
    private Optional<TableName> tableToLookAt() {
        Optional<TableName> quarantine = totals.stream()
                .filter(RunSummary::hasQuarantined)
                .flatMap(done -> quarantines(TableName.parse(done.table())))
                .findFirst();
        return quarantine.or(
                () -> totals.stream().filter(Totals::isLoad).findFirst().map(done -> TableName.parse(done.table())));
    }

    private Stream<TableName> quarantines(TableName table) {
        return tables.stream()
                .filter(other ->
                        other.schema().equals(table.schema()) && other.table().endsWith(TableName.QUARANTINE));
    }

    static String line(String label, String text) {
        return String.format(Locale.ROOT, "  %-11s %s", label, text);
    }
}
