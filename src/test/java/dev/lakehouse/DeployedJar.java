package dev.lakehouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/** The jar that is deployed, and the class path that a laptop runs on in its place. */
final class DeployedJar {
    static final Path ROOT = Path.of(System.getProperty("lakehouse.root"));
    static final Path FILE = ROOT.resolve("target/lakehouse.jar");

    /** Where the packages of libraries are that have another name in the jar. */
    static final String SHADED = "dev/lakehouse/shaded/";

    /** Packages of libraries, and what they are called below {@link #SHADED}. */
    static final Map<String, String> RELOCATED = Map.of(
            "com/fasterxml/jackson/", "jackson/",
            "com/google/crypto/tink/", "tink/",
            "com/google/gson/", "gson/",
            "com/google/protobuf/", "protobuf/",
            "org/apache/commons/logging/", "commons/logging/",
            "org/apache/fontbox/", "fontbox/",
            "org/apache/pdfbox/", "pdfbox/",
            "org/knowm/xchart/", "xchart/",
            "org/yaml/snakeyaml/", "snakeyaml/",
            "picocli/", "picocli/");

    /** They go by the package of commons-logging, and are not what the jar carries. */
    private static final String BRIDGES = "(jcl-over-slf4j|spring-jcl)-.*";

    private DeployedJar() {}

    /** The jars that a laptop has on its class path. */
    static List<Path> classPath() throws IOException {
        String classPath = Files.readString(ROOT.resolve("target/local/classpath"));
        return List.of(classPath.strip().split(File.pathSeparator, -1)).stream()
                .filter(element -> element.endsWith(".jar"))
                .map(Path::of)
                .toList();
    }

    /** The files in a jar. */
    static Set<String> files(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(entry -> entry.getName())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** The text of a file in the deployed jar. */
    static String text(String name) throws IOException {
        try (JarFile jar = new JarFile(FILE.toFile())) {
            return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), UTF_8);
        }
    }

    /** What a library's class is called in the deployed jar. */
    static String relocated(String file) {
        return RELOCATED.entrySet().stream()
                .filter(relocation -> file.startsWith(relocation.getKey()))
                .map(relocation -> SHADED
                        + relocation.getValue()
                        + file.substring(relocation.getKey().length()))
                .findFirst()
                .orElse(file);
    }

    /** The jars of the class path whose classes the deployed jar carries. */
    static List<Path> carried() throws IOException {
        Set<String> inJar = files(FILE);
        return classPath().stream()
                .filter(jar -> !jar.getFileName().toString().matches(BRIDGES))
                .filter(jar -> isCarried(jar, inJar))
                .toList();
    }

    private static boolean isCarried(Path jar, Set<String> inJar) {
        try {
            return files(jar).stream()
                    .filter(file -> file.endsWith(".class") && !file.startsWith("META-INF/"))
                    .anyMatch(file -> inJar.contains(relocated(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
