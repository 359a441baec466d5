package dev.lakehouse.workflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Which files the bundle includes. */
final class BundleFiles {
    private BundleFiles() {}

    static List<String> findings(Bundle bundle) {
        List<String> findings = new ArrayList<>();
        TreeSet<String> missing = new TreeSet<>(bundle.parts().keySet());
        for (YamlNode pattern : Bundle.items(bundle.main(), "include")) {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern.text());
            if (bundle.parts().keySet().stream().noneMatch(path -> matcher.matches(Path.of(path)))) {
                findings.add(pattern.location() + ": '" + pattern.text() + "' includes no file of the bundle.");
            }
            if (matcher.matches(Path.of(Bundle.LOCAL))) {
                findings.add(pattern.location() + ": '" + pattern.text() + "' includes " + Bundle.LOCAL + ".");
            }
            missing.removeIf(path -> matcher.matches(Path.of(path)));
        }
        missing.forEach(path -> findings.add(path + " is not included by " + Bundle.MAIN + "."));
        return findings;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
