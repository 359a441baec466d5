package dev.lakehouse.connect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The project's own classes in the deployed jar, without the libraries that it carries under other names. */
final class JarClasses {
    private static final String OURS = "dev/lakehouse/(?!shaded/).*\\.class";

    private JarClasses() {}

    /** What each refers to, by its name. */
    static Map<String, References> all() {
        try (JarFile jar = new JarFile(ClassPath.JAR.toFile())) {
            Map<String, References> classes = new TreeMap<>();
            for (JarEntry entry : jar.stream().toList()) {
                if (entry.getName().matches(OURS)) {
                    classes.put(
                            entry.getName().replaceFirst("\\.class$", "").replace('/', '.'),
                            References.of(jar.getInputStream(entry).readAllBytes()));
                }
            }
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
