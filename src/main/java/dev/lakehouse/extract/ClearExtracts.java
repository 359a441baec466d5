package dev.lakehouse.extract;

import dev.lakehouse.source.mysql.Mask;
import dev.lakehouse.source.mysql.SourceTable;
import dev.lakehouse.task.Report;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Extracts from before a column was masked, which have its values in clear until they are removed. */
record ClearExtracts(Landing landing, SourceTable table) {
    /** Warns of extracts before this one that have a masked column in clear. */
    void warn(Report report, long extract) {
        List<Mask> masks = table.settings().masks();
        Set<String> columns = new TreeSet<>();
        long newest = 0;
        for (long number : masks.isEmpty() ? List.<Long>of() : landing.published()) {
            if (number < extract) {
                Set<String> clear = inClear(number, masks);
                columns.addAll(clear);
                newest = clear.isEmpty() ? newest : number;
            }
        }
        if (newest > 0) {
            report.warn("Extracts up to " + newest + " have " + String.join(", ", columns)
                    + " in clear. The task RemoveExtracts removes an extract when as many newer ones as --keep-extracts says"
                    + " (in a workflow the parameter 'keep_extracts') exist and it is loaded; with --keep-extracts=1 it"
                    + " removes them after the next load.");
        }
    }

    private Set<String> inClear(long number, List<Mask> masks) {
        Set<String> clear = new TreeSet<>();
        try {
            landing.manifest(number).columns().stream()
                    .filter(column -> column.mask() == null)
                    .map(Manifest.SourceColumn::name)
                    .filter(name ->
                            masks.stream().anyMatch(mask -> mask.column().equalsIgnoreCase(name)))
                    .forEach(clear::add);
        } catch (Manifest.Unreadable e) {
            // Nobody knows what its files have, so all of them are named.
            masks.forEach(mask -> clear.add(mask.column()));
        }
        return clear;
    }
}
