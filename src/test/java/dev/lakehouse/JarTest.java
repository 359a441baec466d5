package dev.lakehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is deployed: our classes and schemas, and of libraries only those that Databricks does not bring. */
final class JarTest {
    private static final Path ROOT = DeployedJar.ROOT;
    private static final Path JAR = DeployedJar.FILE;

    /** It has 14.5 MB: PDFBox with its fonts and character maps 3.8, Jackson with YAML 2.8, Tink with protobuf 4.5. */
    private static final long MOST_BYTES = 15_000_000;

    /** They run on a laptop only. */
    private static final Set<String> NOT_DEPLOYED = Set.of(
            "dev/lakehouse/cli",
            "dev/lakehouse/local",
            "dev/lakehouse/remote",
            "dev/lakehouse/database",
            "dev/lakehouse/sample",
            "dev/lakehouse/workflow");

    private static Set<String> entries;

    @BeforeAll
    static void list() throws IOException {
        entries = DeployedJar.files(JAR);
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
                // Libraries, renamed.
                "dev/lakehouse/shaded",
                "com/mysql/cj",
                "com/mysql/jdbc"));

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
                .containsExactlyInAnyOrder("META-INF", "LICENSE", "com", "dev", "schemas");
        assertThat(entries).contains("META-INF/LICENSE");
    }

    @Test
    void nothingOfTheSamplesIsInIt() {
        assertThat(entries).isNotEmpty().noneMatch(entry -> entry.startsWith("dev/lakehouse/sample/"));
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
        assertThat(DeployedJar.text("META-INF/services/java.sql.Driver").strip())
                .isEqualTo("com.mysql.cj.jdbc.Driver");
    }

    @Test
    void signaturesOfTheMergedJarsAreGone() {
        assertThat(entries).noneMatch(entry -> entry.matches("META-INF/.*\\.(SF|RSA|DSA|EC)"));
    }

    @Test
    void noPackageInItIsAlsoInAJarThatDatabricksBrings() throws IOException {
        Set<String> inJar = packages(entries);
        List<Path> brought = DeployedJar.classPath().stream()
                .filter(jar -> !jar.getFileName().toString().startsWith("mysql-connector-j"))
                .toList();
        assertThat(brought).hasSizeGreaterThan(100);
        for (Path other : brought) {
            assertThat(packages(DeployedJar.files(other)))
                    .as("packages that are in %s and in %s", JAR.getFileName(), other.getFileName())
                    .doesNotContainAnyElementsOf(inJar);
        }
    }

    @Test
    void itIsSmall() throws IOException {
        assertThat(Files.size(JAR)).isLessThan(MOST_BYTES);
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
