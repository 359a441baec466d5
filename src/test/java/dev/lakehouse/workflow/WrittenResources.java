package dev.lakehouse.workflow;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The bundle's resources as the project's files say, read by the project's own reader and not by Databricks' client. */
public final class WrittenResources {
    private WrittenResources() {}

    /** Each job by its name; see {@link #of}. */
    public static Map<String, Object> jobs(String target) {
        return of("jobs", "name", target);
    }

    /** Each alert by its display name; see {@link #of}. */
    public static Map<String, Object> alerts(String target) {
        return of("alerts", "display_name", target);
    }

    /** As maps, lists and texts, with the variables that have a value in a target's files. */
    private static Map<String, Object> of(String kind, String name, String target) {
        Bundle bundle = Bundle.read(Path.of(System.getProperty("lakehouse.root")));
        BundleTarget read = new BundleTarget(bundle, target);
        Map<String, Object> resources = new LinkedHashMap<>();
        bundle.resources(kind)
                .forEach(resource -> resources.put(read.text(resource.node(), name), read.value(resource.node())));
        return resources;
    }
}
