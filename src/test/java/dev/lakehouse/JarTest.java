package dev.lakehouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is deployed: our classes and schemas, and of libraries only those that Databricks does not bring. */
final class JarTest {
    private static final Path ROOT = Path.of(System.getProperty("lakehouse.root"));
    private static final Path JAR = ROOT.resolve("target/lakehouse.jar");
    private static final long MOST_BYTES = 13_000_000;

    /** Libraries whose classes are in the jar; everything else on the class path is brought by Databricks. */
    private static final Set<String> CARRIED = Set.of("mysql-connector-j", "picocli", "pdfbox", "fontbox", "xchart");

    /** They run on a laptop only. */
    private static final Set<String> NOT_DEPLOYED = Set.of("dev/lakehouse/cli", "dev/lakehouse/local");

    private static Set<String> entries;

    @BeforeAll
    static void list() throws IOException {
        entries = files(JAR);
    }

    @Test
    void itHoldsOurPackagesAndTheLibrariesThatTasksUseOnly() throws IOException {
        Set<String> ours = new TreeSet<>();
        try (Stream<Path> folders = Files.list(ROOT.resolve("src/main/java/dev/lakehouse"))) {
            folders.filter(Files::isDirectory)
                    .map(folder -> "dev/lakehouse/" + folder.getFileName())
                    .forEach(ours::add);
        }
        assertThat(ours).containsAll(NOT_DEPLOYED);

        Set<String> expected = new TreeSet<>(ours);
        expected.removeAll(NOT_DEPLOYED);
        expected.addAll(Set.of(
                "dev/lakehouse",
                // Tink and what it needs, renamed.
                "dev/lakehouse/shaded",
                "com/mysql/cj",
                "com/mysql/jdbc",
                "picocli",
                "org/apache/pdfbox",
                "org/apache/fontbox",
                "org/knowm/xchart"));

        assertThat(entries.stream()
                        .filter(entry -> entry.endsWith(".class"))
                        .map(entry -> firstFolders(entry, 3))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void besidesClassesItHoldsSchemasAndServicesAndLicences() {
        assertThat(entries.stream()
                        .filter(entry -> !entry.endsWith(".class"))
                        .map(entry -> firstFolders(entry, 1))
                        .distinct())
                .containsExactlyInAnyOrder("META-INF", "LICENSE", "com", "dev", "org", "schemas");
        assertThat(entries).contains("META-INF/LICENSE");
    }

    @Test
    void everyDdlFileOfTheProjectIsInIt() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("schemas"))) {
            List<String> ddl = files.filter(file -> file.toString().endsWith(".sql"))
                    .map(file -> ROOT.relativize(file).toString().replace(File.separatorChar, '/'))
                    .toList();
            assertThat(ddl).isNotEmpty();
            assertThat(entries).containsAll(ddl);
        }
    }

    @Test
    void theDriverIsFoundAsAService() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(new String(
                                    jar.getInputStream(jar.getEntry("META-INF/services/java.sql.Driver"))
                                            .readAllBytes(),
                                    UTF_8)
                            .strip())
                    .isEqualTo("com.mysql.cj.jdbc.Driver");
        }
    }

    @Test
    void signaturesOfTheMergedJarsAreGone() {
        assertThat(entries).noneMatch(entry -> entry.matches("META-INF/.*\\.(SF|RSA|DSA|EC)"));
    }

    @Test
    void noPackageInItIsAlsoInAJarThatDatabricksBrings() throws IOException {
        Set<String> inJar = packages(entries);
        int jars = 0;
        for (String element : classPath()) {
            Path other = Path.of(element);
            if (element.endsWith(".jar")
                    && CARRIED.stream().noneMatch(other.getFileName().toString()::startsWith)) {
                jars++;
                assertThat(packages(files(other)))
                        .as("packages that are in %s and in %s", JAR.getFileName(), other.getFileName())
                        .doesNotContainAnyElementsOf(inJar);
            }
        }
        assertThat(jars).as("jars on the class path that Databricks brings").isGreaterThan(100);
    }

    @Test
    void itIsSmall() throws IOException {
        assertThat(Files.size(JAR)).isLessThan(MOST_BYTES);
    }

    private static List<String> classPath() throws IOException {
        String classPath = Files.readString(ROOT.resolve("target/local/classpath"));
        return List.of(classPath.strip().split(File.pathSeparator, -1));
    }

    private static Set<String> files(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(entry -> entry.getName())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> packages(Set<String> files) {
        return files.stream()
                .filter(file -> file.endsWith(".class") && file.contains("/"))
                .map(file -> file.replaceFirst("^META-INF/versions/\\d+/", ""))
                .filter(file -> file.contains("/"))
                .map(file -> file.substring(0, file.lastIndexOf('/')))
                .collect(Collectors.toSet());
    }

    /** The first folders of a path, or all that it has. */
    private static String firstFolders(String path, int count) {
        String[] parts = path.split("/", -1);
        int folders = Math.max(1, Math.min(count, parts.length - 1));
        return String.join("/", List.of(parts).subList(0, folders));
    }
}
