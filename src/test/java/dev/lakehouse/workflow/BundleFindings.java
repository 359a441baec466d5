package dev.lakehouse.workflow;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** What all checks of a bundle's files find, for tests of other packages. */
public final class BundleFindings {
    private BundleFindings() {}

    /** What is wrong with the bundle in a folder. */
    public static List<String> of(Path root) {
        Bundle bundle = Bundle.read(root);
        return withSources(root.resolve("sources"), () -> of(bundle));
    }

    private static List<String> of(Bundle bundle) {
        return Arrays.stream(BundleCheck.values())
                .flatMap(check -> check.findings(bundle).stream())
                .toList();
    }

    /** With the settings of databases from a folder, as the command line has them. */
    private static <T> T withSources(Path folder, Supplier<T> work) {
        System.setProperty("lakehouse.sources", folder.toString());
        try {
            return work.get();
        } finally {
            System.clearProperty("lakehouse.sources");
        }
    }
}
