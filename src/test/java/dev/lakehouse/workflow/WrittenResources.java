package dev.lakehouse.workflow;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A bundle's resources as its files say, read by the project's own reader and not by Databricks' client. */
public final class WrittenResources {
    private static final Path PROJECT = Path.of(System.getProperty("lakehouse.root"));

    private WrittenResources() {}

    /** Each job of this project's bundle by its name; see {@link #of}. */
    public static Map<String, Object> jobs(String target) {
        return jobs(PROJECT, target);
    }

    /** Each job of the bundle in a folder by its name; see {@link #of}. */
    public static Map<String, Object> jobs(Path root, String target) {
        return of(root, "jobs", "name", target);
    }

    /** Each alert by its display name; see {@link #of}. */
    public static Map<String, Object> alerts(String target) {
        return of(PROJECT, "alerts", "display_name", target);
    }

    /** As maps, lists and texts, with the variables that have a value in a target's files. */
    private static Map<String, Object> of(Path root, String kind, String name, String target) {
        Bundle bundle = Bundle.read(root);
        BundleTarget read = new BundleTarget(bundle, target);
        Map<String, Object> resources = new LinkedHashMap<>();
        bundle.resources(kind)
                .forEach(resource -> resources.put(read.text(resource.node(), name), read.value(resource.node())));
        return resources;
    }
}
