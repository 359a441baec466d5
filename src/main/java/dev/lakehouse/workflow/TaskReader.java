package dev.lakehouse.workflow;

import dev.lakehouse.UserError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads one task of a job. */
final class TaskReader {
    private static final Set<String> EACH_USES = Set.of(
            "task_key", "spark_jar_task", "sql_task", "max_retries", "min_retry_interval_millis", "timeout_seconds");
    private static final Set<String> USED = union(EACH_USES, Set.of("depends_on", "for_each_task"));
    private static final List<String> KINDS = List.of("spark_jar_task", "sql_task", "for_each_task");
    private static final int MOST_AT_A_TIME = 100;

    private TaskReader() {}

    private static Set<String> union(Set<String> one, Set<String> other) {
        return Stream.concat(one.stream(), other.stream()).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Reads a task.
     *
     * @param ignored takes the keys that are for Databricks only
     */
    static WorkflowTask read(YamlNode item, Consumer<String> ignored) {
        return read(item, USED, ignored);
    }

    private static WorkflowTask read(YamlNode item, Set<String> used, Consumer<String> ignored) {
        YamlNode keyNode = item.entries().get("task_key");
        if (keyNode == null) {
            throw item.wrong("has a task without task_key", "It is required.");
        }
        String key = keyNode.text();
        WorkflowReader.requireKey(key, keyNode, "A task's key");
        YamlNode task = item.as(item.place() + ", task " + key);
        AllowedKeys settings = AllowedKeys.of(task, used, AllowedKeys.TASK_ON_DATABRICKS);
        settings.ignored().forEach(ignored);
        return new WorkflowTask(
                key,
                dependsOn(settings),
                work(task, settings, ignored),
                new WorkflowTask.Retries(
                        number(settings, "max_retries", -1),
                        Duration.ofMillis(number(settings, "min_retry_interval_millis", 0))),
                Duration.ofSeconds(number(settings, "timeout_seconds", 0)));
    }

    private static int number(AllowedKeys settings, String key, int least) {
        return settings.find(key).map(node -> node.wholeNumber(least)).orElse(0);
    }

    private static List<String> dependsOn(AllowedKeys settings) {
        List<String> keys = new ArrayList<>();
        for (YamlNode item : settings.find("depends_on").map(YamlNode::items).orElse(List.of())) {
            if (item.entries().containsKey("outcome")) {
                throw item.wrong(
                        "has an outcome", "Only condition tasks have outcomes, and they are not supported here.");
            }
            String key = AllowedKeys.of(item, Set.of("task_key"), Set.of())
                    .need("task_key")
                    .text();
            if (keys.contains(key)) {
                throw item.wrong("has '" + key + "' twice", "A dependency can be given only once.");
            }
            keys.add(key);
        }
        return keys;
    }

    private static TaskSpec work(YamlNode task, AllowedKeys settings, Consumer<String> ignored) {
        List<String> found =
                KINDS.stream().filter(kind -> settings.find(kind).isPresent()).toList();
        if (found.size() != 1) {
            throw new UserError(
                    task.location() + (found.isEmpty() ? " has no work." : " has two kinds of work."),
                    "A task has either a spark_jar_task, a sql_task or a for_each_task.",
                    "Give it exactly one of these.");
        }
        YamlNode work = settings.need(found.get(0));
        return switch (found.get(0)) {
            case "spark_jar_task" -> jar(work);
            case "sql_task" -> sql(work, ignored);
            default -> forEach(work, settings, ignored);
        };
    }

    private static TaskSpec forEach(YamlNode node, AllowedKeys around, Consumer<String> ignored) {
        for (String retries : List.of("max_retries", "min_retry_interval_millis")) {
            around.find(retries).ifPresent(setting -> {
                throw new UserError(
                        setting.location() + " is a setting of a for_each_task.",
                        "Its iterations are retried one by one.",
                        "Move it into the task of the for_each_task.");
            });
        }
        AllowedKeys each = AllowedKeys.of(node, Set.of("inputs", "concurrency", "task"), Set.of());
        YamlNode inputs = each.need("inputs");
        if (inputs.isList()) {
            throw inputs.wrong("is a list", "It is text: a JSON array in quotes, or a reference to a job parameter.");
        }
        return new TaskSpec.ForEach(
                inputs.text(),
                each.find("concurrency").map(TaskReader::concurrency).orElse(1),
                read(each.need("task"), EACH_USES, ignored));
    }

    private static int concurrency(YamlNode node) {
        int number = node.wholeNumber(1);
        if (number > MOST_AT_A_TIME) {
            throw node.wrong("is " + number, "At most " + MOST_AT_A_TIME + " iterations run at the same time.");
        }
        return number;
    }

    private static TaskSpec jar(YamlNode node) {
        AllowedKeys jar = AllowedKeys.of(node, Set.of("main_class_name", "parameters"), Set.of());
        return new TaskSpec.Jar(
                jar.need("main_class_name").text(),
                jar.find("parameters").map(YamlNode::items).orElse(List.of()).stream()
                        .map(YamlNode::text)
                        .toList());
    }

    private static TaskSpec sql(YamlNode node, Consumer<String> ignored) {
        AllowedKeys sql = AllowedKeys.of(node, Set.of("file", "parameters"), AllowedKeys.SQL_ON_DATABRICKS);
        sql.ignored().forEach(ignored);
        AllowedKeys file = AllowedKeys.of(sql.need("file"), Set.of("path", "source"), Set.of());
        file.find("source").filter(source -> !"WORKSPACE".equals(source.text())).ifPresent(source -> {
            throw source.wrong("is '" + source.text() + "'", "Only files of the bundle (WORKSPACE) can run here.");
        });
        Map<String, String> parameters = new LinkedHashMap<>();
        sql.find("parameters")
                .map(YamlNode::entries)
                .orElse(Map.of())
                .forEach((name, value) -> parameters.put(name, value.text()));
        return new TaskSpec.Sql(file.need("path").text(), parameters);
    }
}
