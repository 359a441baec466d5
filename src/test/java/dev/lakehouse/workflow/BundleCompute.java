package dev.lakehouse.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What tasks run on, and with which jar. */
final class BundleCompute {
    private static final String JAR = "target/lakehouse.jar";
    private static final List<String> CLUSTERS = List.of("job_cluster_key", "existing_cluster_id", "new_cluster");

    private BundleCompute() {}

    static List<String> findings(Bundle bundle) {
        return BundleTarget.inEach(bundle, target -> bundle.resources("jobs").stream()
                .flatMap(job -> job(target, job).stream())
                .toList());
    }

    private static List<String> job(BundleTarget target, Bundle.Resource job) {
        List<String> findings = new ArrayList<>();
        Set<String> clusters = keys(target.list(job.node(), "job_clusters"), "job_cluster_key");
        Set<String> environments = keys(target.list(job.node(), "environments"), "environment_key");
        Set<String> unused = new TreeSet<>(clusters);
        unused.addAll(environments);
        for (YamlNode task : job.tasks()) {
            String cluster = target.text(task, "job_cluster_key");
            String environment = target.text(task, "environment_key");
            unused.removeAll(List.of(cluster, environment));
            if (!cluster.isEmpty() && !clusters.contains(cluster)) {
                findings.add(task.location() + ": the job has no cluster '" + cluster + "'.");
            }
            if (!environment.isEmpty() && !environments.contains(environment)) {
                findings.add(task.location() + ": the job has no environment '" + environment + "'.");
            }
            findings.addAll(Bundle.find(task, "sql_task").isPresent() ? sql(target, task) : jar(target, task));
        }
        unused.forEach(key -> findings.add(job.node().location() + ": no task uses '" + key + "'."));
        return findings;
    }

    private static List<String> sql(BundleTarget target, YamlNode task) {
        return target.text(task, "sql_task", "warehouse_id").isEmpty()
                ? List.of(task.location() + ": a SQL task runs on a warehouse, and there is no warehouse_id.")
                : List.of();
    }

    private static List<String> jar(BundleTarget target, YamlNode task) {
        boolean serverless = !target.text(task, "environment_key").isEmpty();
        long clusters = CLUSTERS.stream()
                .filter(key -> !target.text(task, key).isEmpty())
                .count();
        boolean hasLibraries = !target.list(task, "libraries").isEmpty();
        if (clusters + (serverless ? 1 : 0) != 1) {
            return List.of(task.location() + ": a task runs on one cluster or in one environment, not on "
                    + (clusters + (serverless ? 1 : 0)) + ".");
        }
        if (serverless && hasLibraries) {
            return List.of(task.location() + ": on serverless compute the environment brings the jar, not libraries.");
        }
        return serverless || hasLibraries
                ? List.of()
                : List.of(task.location() + ": a cluster has no jar without libraries.");
    }

    private static Set<String> keys(List<?> items, String key) {
        return items.stream()
                .map(item -> item instanceof Map<?, ?> map ? String.valueOf(map.get(key)) : "")
                .collect(Collectors.toSet());
    }

    /** Paths are relative to the file that they stand in; what is uploaded keeps its file's name. */
    static List<String> libraries(Bundle bundle) {
        List<String> findings = new ArrayList<>();
        Set<String> sources = Bundle.entries(bundle.main(), "artifacts").values().stream()
                .flatMap(artifact -> Bundle.items(artifact, "files").stream())
                .flatMap(file -> Bundle.find(file, "source").stream())
                .peek(source -> wrong(source, !JAR.equals(source.text()), "the build makes " + JAR)
                        .forEach(findings::add))
                .map(YamlNode::text)
                .collect(Collectors.toSet());
        wrong(bundle.main(), sources.isEmpty(), "no artifact has a file").forEach(findings::add);
        bundle.deployed().stream().flatMap(Bundle::texts).forEach(text -> {
            if (text.place().matches(".*, libraries.*, jar")) {
                String path = Bundle.path(
                        bundle.root(), text.file().resolveSibling(text.text()).normalize());
                wrong(text, !JAR.equals(path), "this is " + path + ", the build makes " + JAR)
                        .forEach(findings::add);
            } else if (text.place().endsWith(", java_dependencies")) {
                String uploaded = "${workspace.artifact_path}/.internal/lakehouse.jar";
                wrong(text, !uploaded.equals(text.text()), "the jar is uploaded to " + uploaded)
                        .forEach(findings::add);
            }
        });
        return findings;
    }

    private static Stream<String> wrong(YamlNode node, boolean wrong, String why) {
        return wrong ? Stream.of(node.location() + ": " + why + ".") : Stream.empty();
    }
}
