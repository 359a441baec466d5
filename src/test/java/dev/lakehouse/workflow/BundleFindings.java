package dev.lakehouse.workflow;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What all checks of a bundle's files find, for tests of other packages. */
public final class BundleFindings {
    private BundleFindings() {}

    /** What is wrong with the bundle in a folder. */
    public static List<String> of(Path root) {
        Bundle bundle = Bundle.read(root);
        return Arrays.stream(BundleCheck.values())
                .flatMap(check -> check.findings(bundle).stream())
                .toList();
    }
}
