package dev.lakehouse.cli;

import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Outcome;
import dev.lakehouse.ledger.Totals;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a person wants to know once all workflows of a command have succeeded.
 *
 * @param totals what the runs left in the ledger
 * @param tables the tables that there are
 */
record RunSummary(List<Totals> totals, List<TableName> tables) {
    private static final String RECONCILE = ReconcileTable.class.getSimpleName();

    /** The lines to print, at most five. */
    List<String> lines(Duration elapsed) {
        List<String> lines = new ArrayList<>(List.of(
                line("changed", joined(Totals::isLoad, RunSummary::changes, "no table")),
                line("quarantined", joined(RunSummary::hasQuarantined, RunSummary::quarantined, "no row")),
                line("proven", joined(of -> of.task().equals(RECONCILE), RunSummary::proof, "no table was compared")),
                line("took", Report.seconds(elapsed) + " s")));
        tableToLookAt()
                .map(table -> line("next", "./lakehouse sql \"SELECT * FROM " + table + " LIMIT 10\""))
                .ifPresent(lines::add);
        return lines;
    }

    private String joined(Predicate<Totals> which, Function<Totals, String> text, String none) {
        String all = totals.stream().filter(which).map(text).collect(Collectors.joining("; "));
        return all.isEmpty() ? none : all;
    }

    private static String changes(Totals of) {
        return String.format(
                Locale.ROOT,
                "%s: %,d inserted, %,d updated, %,d deleted",
                of.table(),
                of.of(Measure.ROWS_INSERTED),
                of.of(Measure.ROWS_UPDATED),
                of.of(Measure.ROWS_DELETED));
    }

    private static boolean hasQuarantined(Totals of) {
        return of.of(Measure.ROWS_QUARANTINED) > 0;
    }

    private static String quarantined(Totals of) {
        return Report.rows(of.of(Measure.ROWS_QUARANTINED)) + " for " + of.table();
    }

    private static String proof(Totals of) {
        return of.table() + (of.outcome() == Outcome.DIFFERS ? " differs from its source" : " = its source");
    }

    /** The quarantine of the first table that has bad rows, or else the first table that was loaded. */
    private Optional<TableName> tableToLookAt() {
        Optional<TableName> quarantine = totals.stream()
                .filter(RunSummary::hasQuarantined)
                .flatMap(of -> quarantines(TableName.parse(of.table())))
                .findFirst();
        return quarantine.or(
                () -> totals.stream().filter(Totals::isLoad).findFirst().map(of -> TableName.parse(of.table())));
    }

    private Stream<TableName> quarantines(TableName table) {
        return tables.stream()
                .filter(other ->
                        other.schema().equals(table.schema()) && other.table().endsWith("_quarantine"));
    }

    private static String line(String label, String text) {
        return String.format(Locale.ROOT, "  %-11s %s", label, text);
    }
}
