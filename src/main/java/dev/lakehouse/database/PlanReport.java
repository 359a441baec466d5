package dev.lakehouse.database;

import dev.lakehouse.TextTable;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.SourceFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lines that describe a plan to a person. */
public final class PlanReport {
    private static final Set<Integer> RIGHT = Set.of(1, 2, 4);

    private PlanReport() {}

    /**
     * The lines of a plan.
     *
     * @param schema the schema of the Delta tables
     * @param before the file of the database, if it was added before: then what has changed is named as well
     */
    public static List<String> lines(DatabasePlan plan, String schema, Optional<SourceFile> before) {
        List<String> lines = new ArrayList<>();
        List<TablePlan> copied = plan.copied();
        if (!copied.isEmpty()) {
            lines.addAll(table(copied, schema));
            lines.add("");
        }
        add(lines, "not copied until you decide:", plan.tables().stream().filter(table -> !table.isCopied()));
        add(
                lines,
                "copied according to the file, but a run fails as they are now:",
                copied.stream().filter(table -> !table.refusals().isEmpty()));
        before.ifPresent(file -> lines.addAll(difference(plan, file)));
        lines.add(summary(plan, copied));
        return lines;
    }

    private static void add(List<String> lines, String heading, Stream<TablePlan> plans) {
        List<String> about = plans.flatMap(plan -> refusal(plan).stream()).toList();
        if (!about.isEmpty()) {
            lines.add(heading);
            lines.addAll(about);
            lines.add("");
        }
    }

    private static List<String> table(List<TablePlan> copied, String schema) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("table", "rows", "size", "key", "columns", "Delta table", ""));
        copied.forEach(plan -> rows.add(List.of(
                Json.shown(plan.name()),
                plan.listed().isView()
                        ? ""
                        : String.format(Locale.ROOT, "%,d", plan.listed().rows()),
                plan.listed().isView() ? "" : Report.size(plan.listed().bytes()),
                plan.key(),
                plan.table()
                        .map(table -> Integer.toString(table.columns().size()))
                        .orElse(""),
                schema + "." + plan.settings().target(plan.name()),
                plan.remarks())));
        return TextTable.lines(rows, RIGHT);
    }

    private static List<String> refusal(TablePlan plan) {
        List<String> lines = new ArrayList<>();
        if (plan.refusals().isEmpty()) {
            lines.add("  " + Json.shown(plan.name()) + ": "
                    + Json.shown(plan.settings().skip()));
            lines.add("      fix: remove its 'skip' in the file when this is solved, and run the command again");
            return lines;
        }
        plan.refusals().forEach(refusal -> {
            lines.add(
                    "  " + Json.shown(plan.name()) + ": " + line(refusal.error().problem()));
            lines.add("      why: " + line(refusal.error().cause()));
        });
        Set<String> decisions = new LinkedHashSet<>();
        plan.refusals().forEach(refusal -> decisions.add(line(TablePlan.fix(plan.name(), refusal))));
        decisions.forEach(decision -> lines.add("      fix: " + decision));
        return lines;
    }

    private static String line(String text) {
        return text.lines().map(Json::shown).collect(Collectors.joining(" "));
    }

    private static List<String> difference(DatabasePlan plan, SourceFile before) {
        List<String> lines = new ArrayList<>();
        String added = plan.tables().stream()
                .map(TablePlan::name)
                .filter(name -> !before.tables().containsKey(name))
                .map(Json::shown)
                .collect(Collectors.joining(", "));
        String decided = plan.tables().stream()
                .filter(TablePlan::isCopied)
                .map(TablePlan::name)
                .filter(name -> Optional.ofNullable(before.tables().get(name))
                        .filter(settings -> !settings.isCopied())
                        .isPresent())
                .map(Json::shown)
                .collect(Collectors.joining(", "));
        for (Map.Entry<String, String> kind : List.of(
                Map.entry("new: ", added),
                Map.entry("copied from now on: ", decided),
                Map.entry(
                        "gone from the source or excluded, so not copied any more (their Delta tables stay): ",
                        plan.gone().stream().map(Json::shown).collect(Collectors.joining(", "))))) {
            if (!kind.getValue().isEmpty()) {
                lines.add(kind.getKey() + kind.getValue());
            }
        }
        if (lines.isEmpty()) {
            lines.add("the same tables as in the file");
        }
        return lines;
    }

    private static String summary(DatabasePlan plan, List<TablePlan> copied) {
        long rows = copied.stream().mapToLong(table -> table.listed().rows()).sum();
        long bytes = copied.stream().mapToLong(table -> table.listed().bytes()).sum();
        return Report.count(copied.size(), "table") + " of " + plan.tables().size() + " copied: about "
                + Report.rows(rows) + ", " + Report.size(bytes)
                + (copied.isEmpty()
                        ? ""
                        : "; a first run on this machine takes about "
                                + duration(plan.pace().firstRun(copied, DatabaseFiles.CONCURRENCY)));
    }

    private static String duration(Duration time) {
        if (time.toMinutes() < 2) {
            return time.toSeconds() + " s";
        }
        return time.toHours() < 2 ? time.toMinutes() + " minutes" : time.toHours() + " hours";
    }
}
