package dev.lakehouse.workflow;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What starts a workflow on Databricks, in words. It is only shown, so nothing in it is refused. */
final class StartInWords {
    private StartInWords() {}

    static String of(Settings job) {
        return job.find("schedule")
                .map(StartInWords::schedule)
                .or(() -> job.find("trigger").map(StartInWords::trigger))
                .or(() -> job.find("continuous").map(node -> "all the time" + paused(node.entriesOrNone())))
                .orElse("by hand");
    }

    private static String schedule(YamlNode node) {
        Map<String, YamlNode> schedule = node.entriesOrNone();
        String cron = text(schedule, "quartz_cron_expression");
        return CronInWords.of(cron) + " (" + text(schedule, "timezone_id") + ")" + paused(schedule);
    }

    private static String trigger(YamlNode node) {
        Map<String, YamlNode> trigger = node.entriesOrNone();
        String words = Optional.ofNullable(trigger.get("file_arrival"))
                .map(files -> "when files arrive in " + text(files.entriesOrNone(), "url"))
                .or(() -> Optional.ofNullable(trigger.get("periodic")).map(StartInWords::periodic))
                .or(() -> Optional.ofNullable(trigger.get("table_update")).map(StartInWords::tables))
                .orElse("by a trigger");
        return words + paused(trigger);
    }

    private static String periodic(YamlNode node) {
        Map<String, YamlNode> periodic = node.entriesOrNone();
        return "every " + text(periodic, "interval") + " "
                + text(periodic, "unit").toLowerCase(Locale.ROOT);
    }

    private static String tables(YamlNode node) {
        YamlNode names = node.entriesOrNone().get("table_names");
        List<YamlNode> items = names == null || !names.isList() ? List.of() : names.items();
        return "when tables change: "
                + items.stream().map(item -> String.valueOf(item.textOrNull())).collect(Collectors.joining(", "));
    }

    private static String paused(Map<String, YamlNode> entries) {
        return "PAUSED".equals(text(entries, "pause_status")) ? ", paused" : "";
    }

    private static String text(Map<String, YamlNode> entries, String key) {
        YamlNode value = entries.get(key);
        return value == null || value.textOrNull() == null ? "?" : value.textOrNull();
    }
}
