package dev.lakehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the classes of the deployed jar refer to, as the JDK's own tool finds it. */
final class JarLinksTest {
    private static final Pattern LINK = Pattern.compile(" {3}(\\S+) +-> (\\S+) .*");

    /** Loaded by their names, which stand in Spark's settings. */
    private static final Set<String> BY_NAME =
            Set.of("dev.lakehouse.storage.S3LogStore", "dev.lakehouse.storage.CheckpointFiles");

    /** Of the driver's document store, which the jar leaves out; JDBC never calls it. */
    private static final String DOCUMENT_STORE = "com.mysql.cj.xdevapi.ExprUnparser";

    private static final Map<String, Set<String>> LINKS = new TreeMap<>();
    private static Set<String> classes;

    @BeforeAll
    static void readLinks() throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        "-verbose:class",
                        "-filter:none",
                        DeployedJar.FILE.toString());
        assertThat(status).as("%s", err).isZero();
        out.toString().lines().map(LINK::matcher).filter(link -> link.matches()).forEach(link -> LINKS.computeIfAbsent(
                        link.group(1), name -> new TreeSet<>())
                .add(link.group(2)));
        classes = DeployedJar.files(DeployedJar.FILE).stream()
                .filter(file -> file.endsWith(".class"))
                .map(file -> file.replaceFirst("\\.class$", "").replace('/', '.'))
                .collect(Collectors.toSet());
        assertThat(LINKS).hasSizeGreaterThan(1_000);
    }

    @Test
    void noClassRefersToOneOfOursOrOfTheDriverThatIsNotThere() {
        assertThat(targets())
                .filteredOn(name -> name.startsWith("dev.lakehouse.") || name.startsWith("com.mysql."))
                .filteredOn(name -> !classes.contains(name))
                .containsExactly(DOCUMENT_STORE);
    }

    @Test
    void noClassRefersToALibraryByTheNameItHadBeforeItWasRenamed() {
        assertThat(DeployedJar.RELOCATED.keySet()).allSatisfy(folder -> assertThat(targets())
                .noneMatch(name -> name.startsWith(folder.replace('/', '.'))));
    }

    @Test
    void noClassOfOursUsesALoggingLibrary() {
        assertThat(LINKS).allSatisfy((user, used) -> {
            if (user.startsWith("dev.lakehouse.") && !user.startsWith("dev.lakehouse.shaded.")) {
                assertThat(used)
                        .as(user)
                        .noneMatch(name -> name.startsWith("org.slf4j.") || name.startsWith("org.apache.logging."));
            }
        });
    }

    @Test
    void everyClassOfOursIsNeededByATaskOfAWorkflow() throws IOException {
        Set<String> needed = reachableFrom(tasks());
        needed.addAll(BY_NAME);

        assertThat(classes)
                .filteredOn(name -> name.startsWith("dev.lakehouse.") && !name.startsWith("dev.lakehouse.shaded."))
                .filteredOn(name -> !name.endsWith(".package-info"))
                .as("classes that no task needs; move those of generators to sample")
                .allMatch(name -> needed.contains(outermost(name)));
    }

    @Test
    void noGeneratorIsInIt() {
        assertThat(classes)
                .filteredOn(name -> name.startsWith("dev.lakehouse.") && !name.startsWith("dev.lakehouse.shaded."))
                .noneMatch(name -> name.matches(".*(Generat|[Ss]ample|Random).*"));
    }

    private static Set<String> targets() {
        return LINKS.values().stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The main classes that workflow files name, and those that are written for a database. */
    private static Set<String> tasks() throws IOException {
        Set<String> tasks = new TreeSet<>();
        for (String folder : List.of("workflows", "src/main/resources/dev/lakehouse/database")) {
            try (Stream<Path> files = Files.list(DeployedJar.ROOT.resolve(folder))) {
                for (Path file : files.toList()) {
                    Pattern.compile("main_class_name: *(\\S+)")
                            .matcher(Files.readString(file))
                            .results()
                            .forEach(task -> tasks.add(task.group(1)));
                }
            }
        }
        assertThat(tasks).hasSizeGreaterThan(10);
        return tasks;
    }

    private static Set<String> reachableFrom(Set<String> start) {
        Map<String, List<String>> used = LINKS.entrySet().stream()
                .collect(Collectors.groupingBy(
                        link -> outermost(link.getKey()),
                        Collectors.flatMapping(
                                link -> link.getValue().stream().map(JarLinksTest::outermost), Collectors.toList())));
        Set<String> reached = new TreeSet<>(start);
        Deque<String> open = new ArrayDeque<>(start);
        while (!open.isEmpty()) {
            used.getOrDefault(open.pop(), List.of()).stream()
                    .filter(reached::add)
                    .forEach(open::push);
        }
        return reached;
    }

    private static String outermost(String name) {
        return name.replaceFirst("\\$.*", "");
    }
}
