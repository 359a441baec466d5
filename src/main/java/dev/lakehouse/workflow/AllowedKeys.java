package dev.lakehouse.workflow;

import dev.lakehouse.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Classifies the settings of a mapping in a workflow file: each is used, is for Databricks only, or is refused. Only
 * this class lists the settings for Databricks only. They define when and where something runs and who is notified,
 * never what it does.
 */
final class AllowedKeys {
    /** Settings of jobs that are ignored on a laptop. */
    static final Set<String> JOB_ON_DATABRICKS = Set.of(
            "budget_policy_id",
            "continuous",
            "description",
            "edit_mode",
            "email_notifications",
            "environments",
            "format",
            "health",
            "job_clusters",
            "max_concurrent_runs",
            "notification_settings",
            "performance_target",
            "permissions",
            "queue",
            "run_as",
            "schedule",
            "trigger",
            "usage_policy_id",
            "webhook_notifications");

    /** Settings of tasks that are ignored on a laptop. */
    static final Set<String> TASK_ON_DATABRICKS = Set.of(
            "description",
            "email_notifications",
            "environment_key",
            "existing_cluster_id",
            "health",
            "job_cluster_key",
            "libraries",
            "new_cluster",
            "notification_settings",
            "webhook_notifications");

    /** Settings of SQL tasks that are ignored on a laptop. */
    static final Set<String> SQL_ON_DATABRICKS = Set.of("warehouse_id");

    private final YamlNode mapping;
    private final Map<String, YamlNode> entries;
    private final List<String> ignored = new ArrayList<>();

    private AllowedKeys(YamlNode mapping, Map<String, YamlNode> entries) {
        this.mapping = mapping;
        this.entries = entries;
    }

    /** Refuses every key that is neither in {@code used} nor in {@code onDatabricks}. */
    static AllowedKeys of(YamlNode mapping, Set<String> used, Set<String> onDatabricks) {
        AllowedKeys settings = new AllowedKeys(mapping, mapping.entries());
        settings.entries.forEach((key, value) -> {
            if (onDatabricks.contains(key)) {
                settings.ignored.add(key);
            } else if (!used.contains(key)) {
                throw new UserError(
                        mapping.place() + ": '" + key + "' (line "
                                + (value.node().getStartMark().getLine() + 1) + ") is not supported here.",
                        "It would change what runs, or is unknown. Supported settings are "
                                + String.join(", ", new TreeSet<>(used)) + ".",
                        "Correct or remove it, or run this workflow on Databricks.");
            }
        });
        return settings;
    }

    /** The keys of this mapping that are for Databricks only. */
    List<String> ignored() {
        return ignored;
    }

    Optional<YamlNode> find(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    YamlNode need(String key) {
        return find(key).orElseThrow(() -> mapping.wrong("has no " + key, "It is required."));
    }
}
