package dev.lakehouse.workflow;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The jobs as the project's files say, read by the project's own reader and not by Databricks' client. */
public final class WrittenJobs {
    private WrittenJobs() {}

    /** Each job by its name, as maps, lists and texts, with the variables that have a value in a target's files. */
    public static Map<String, Object> of(String target) {
        Bundle bundle = Bundle.read(Path.of(System.getProperty("lakehouse.root")));
        BundleTarget read = new BundleTarget(bundle, target);
        Map<String, Object> jobs = new LinkedHashMap<>();
        bundle.resources("jobs").forEach(job -> jobs.put(read.text(job.node(), "name"), read.value(job.node())));
        return jobs;
    }
}
