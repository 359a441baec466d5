package dev.lakehouse.workflow;

import dev.lakehouse.UserError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the jobs of a bundle file, {@code resources.jobs}. */
final class WorkflowReader {
    private static final Set<String> USED = Set.of("name", "parameters", "tags", "tasks", "timeout_seconds");

    private WorkflowReader() {}

    static List<Workflow> read(Path file) {
        YamlNode root = YamlNode.read(file);
        YamlNode resources = only(root, "resources");
        YamlNode jobs = only(resources, "jobs");
        List<Workflow> workflows = new ArrayList<>();
        jobs.entries().forEach((key, job) -> workflows.add(workflow(key, job.as(root.place() + ", job " + key))));
        if (workflows.isEmpty()) {
            throw root.wrong("defines no job", "A workflow file needs at least one job under resources.jobs.");
        }
        return workflows;
    }

    private static YamlNode only(YamlNode mapping, String key) {
        return AllowedKeys.of(mapping, Set.of(key), Set.of()).need(key);
    }

    private static Workflow workflow(String key, YamlNode job) {
        requireKey(key, job, "A job's key");
        AllowedKeys settings = AllowedKeys.of(job, USED, AllowedKeys.JOB_ON_DATABRICKS);
        Set<String> ignored = new LinkedHashSet<>(settings.ignored());
        List<WorkflowTask> tasks = tasks(job, settings.need("tasks"), ignored);
        Workflow workflow = new Workflow(
                job.file(),
                key,
                settings.find("name").map(YamlNode::text).orElse(key),
                tag(settings, "product"),
                tag(settings, "runs_after"),
                starts(settings),
                parameters(settings),
                tasks,
                Duration.ofSeconds(settings.find("timeout_seconds")
                        .map(n -> n.wholeNumber(0))
                        .orElse(0)),
                List.copyOf(ignored));
        TaskOrder.of(workflow);
        return workflow;
    }

    private static List<WorkflowTask> tasks(YamlNode job, YamlNode list, Set<String> ignored) {
        Map<String, WorkflowTask> tasks = new LinkedHashMap<>();
        for (YamlNode item : list.as(job.place()).items()) {
            WorkflowTask task = TaskReader.read(item, key -> ignored.add("tasks." + key));
            if (tasks.put(task.key(), task) != null) {
                throw item.wrong(
                        "has two tasks named '" + task.key() + "'", "A task's key must be unique within its job.");
            }
        }
        if (tasks.isEmpty()) {
            throw list.wrong("is empty", "A job needs at least one task.");
        }
        return List.copyOf(tasks.values());
    }

    private static Map<String, String> parameters(AllowedKeys settings) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (YamlNode item : settings.find("parameters").map(YamlNode::items).orElse(List.of())) {
            AllowedKeys parameter = AllowedKeys.of(item, Set.of("name", "default"), Set.of());
            String name = parameter.need("name").text();
            if (!name.matches("[A-Za-z0-9_.-]+")) {
                throw item.wrong(
                        "has a parameter named '" + name + "'",
                        "A name may have letters, digits, underscores, hyphens and periods.");
            }
            if (parameters.put(name, parameter.need("default").text()) != null) {
                throw item.wrong("has two parameters named '" + name + "'", "A name must be unique within its job.");
            }
        }
        return parameters;
    }

    private static Optional<String> tag(AllowedKeys settings, String tag) {
        return settings.find("tags")
                .map(YamlNode::entriesOrNone)
                .map(tags -> tags.get(tag))
                .map(YamlNode::text);
    }

    /** What starts the workflow on Databricks, as in its file. */
    private static String starts(AllowedKeys settings) {
        return Stream.of("schedule", "trigger", "continuous")
                .flatMap(key -> settings.find(key).stream().map(node -> key + " " + node.asLine()))
                .findFirst()
                .orElse("by hand");
    }

    /** Refuses keys that Databricks does not accept, because keys are used in references and messages. */
    static void requireKey(String key, YamlNode where, String what) {
        if (!key.matches("[A-Za-z0-9_-]{1,100}")) {
            throw new UserError(
                    where.location() + ": '" + key + "' cannot be a key.",
                    what + " may have up to 100 letters, digits, underscores and hyphens.",
                    "Choose another key.");
        }
    }
}
