package dev.lakehouse.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What tasks run on, and with which jar. */
final class BundleCompute {
    private static final List<String> CLUSTERS = List.of("job_cluster_key", "existing_cluster_id", "new_cluster");

    private BundleCompute() {}

    static List<String> findings(Bundle bundle) {
        return BundleTarget.inEach(bundle, target -> bundle.resources("jobs").stream()
                .flatMap(job -> job(target, job).stream())
                .toList());
    }

    private static List<String> job(BundleTarget target, Bundle.Resource job) {
        List<String> findings = new ArrayList<>();
        Set<String> environments = keys(target.list(job.node(), "environments"), "environment_key");
        Set<String> unused = new TreeSet<>(environments);
        unused.addAll(keys(target.list(job.node(), "job_clusters"), "job_cluster_key"));
        for (YamlNode task : job.tasks()) {
            String environment = target.text(task, "environment_key");
            unused.removeAll(List.of(target.text(task, "job_cluster_key"), environment));
            if (!environment.isEmpty() && !environments.contains(environment)) {
                findings.add(task.location() + ": the job has no environment '" + environment + "'.");
            }
            if (Bundle.find(task, "sql_task").isEmpty()) {
                findings.addAll(jar(target, task));
            }
        }
        unused.forEach(key -> findings.add(job.node().location() + ": no task uses '" + key + "'."));
        return findings;
    }

    private static List<String> jar(BundleTarget target, YamlNode task) {
        boolean serverless = !target.text(task, "environment_key").isEmpty();
        long clusters = CLUSTERS.stream()
                .filter(key -> !target.text(task, key).isEmpty())
                .count();
        boolean hasLibraries = !target.list(task, "libraries").isEmpty();
        if (clusters + (serverless ? 1 : 0) > 1) {
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
}
