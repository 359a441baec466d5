package dev.lakehouse;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.workflow.TaskSpec;
import dev.lakehouse.workflow.Workflow;
import dev.lakehouse.workflow.Workflows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The diagrams say what the files say that they draw, and each picture is one of its source's present text. */
final class DiagramsTest {
    private static final Path ROOT = Path.of(System.getProperty("lakehouse.root"));
    private static final Path DIAGRAMS = ROOT.resolve("diagrams");

    /** A workflow in the diagram: its key, its title, and what stands inside. */
    private static final Pattern WORKFLOW = Pattern.compile("(?ms)^(members_\\w+): \"([^\"]*)\" \\{\n(.*?)^}");

    private static final Pattern TASK = Pattern.compile("(?m)^  (\\w+): \\{\n    class: task\n    runs: \"(\\w+)\"$");
    private static final Pattern ARROW = Pattern.compile("(?m)^  (\\w+) -> (\\w+):");
    private static final Pattern TEXT = Pattern.compile("\"([^\"#][^\"]*)\"");
    private static final Pattern START = Pattern.compile("(?m)^ +(?:quartz_cron_expression|url): (.*)$");

    @Test
    void everySourceHasAPictureAndEveryPictureASource() throws IOException {
        assertThat(names(".d2")).isNotEmpty().isEqualTo(names(".svg"));
    }

    @Test
    void aPictureHoldsEveryTextOfItsSource() throws IOException {
        for (String name : names(".d2")) {
            String picture = read(DIAGRAMS.resolve(name + ".svg"));
            List<String> texts = all(TEXT, withoutComments(read(DIAGRAMS.resolve(name + ".d2"))))
                    .flatMap(text -> Stream.of(text.group(1).split("\\\\n", -1)))
                    .toList();

            assertThat(texts).isNotEmpty();
            assertThat(texts)
                    .as("texts that diagrams/%s.svg lacks; after a change of its source run diagrams/render", name)
                    .filteredOn(text -> !picture.contains(">" + text + "<"))
                    .isEmpty();
        }
    }

    @Test
    void theWorkflowsAreThoseOfTheirFilesWithTheirStarts() {
        Map<String, String> titles = drawn().collect(toMap(drawn -> drawn.group(1), drawn -> drawn.group(2)));

        assertThat(titles.keySet()).isEqualTo(members().map(Workflow::key).collect(toCollection(TreeSet::new)));
        members().forEach(workflow -> assertThat(titles.get(workflow.key())).contains(start(workflow)));
    }

    @Test
    void theTasksAreThoseOfTheirFilesWithTheirClassesAndTheirOrder() {
        Set<String> drawn = drawn().flatMap(workflow -> Stream.concat(
                        all(TASK, workflow.group(3))
                                .map(task -> workflow.group(1) + ": " + task.group(1) + " runs " + task.group(2)),
                        all(ARROW, workflow.group(3))
                                .map(arrow -> workflow.group(1) + ": " + arrow.group(1) + " before " + arrow.group(2))))
                .collect(toCollection(TreeSet::new));

        assertThat(drawn)
                .isEqualTo(members().flatMap(DiagramsTest::tasksAndOrder).collect(toCollection(TreeSet::new)));
    }

    private static Stream<String> tasksAndOrder(Workflow workflow) {
        return workflow.tasks().stream().flatMap(task -> {
            String mainClass = ((TaskSpec.Jar) task.work()).mainClass();
            return Stream.concat(
                    Stream.of(workflow.key() + ": " + task.key() + " runs "
                            + mainClass.substring(mainClass.lastIndexOf('.') + 1)),
                    task.dependsOn().stream().map(before -> workflow.key() + ": " + before + " before " + task.key()));
        });
    }

    /** The cron expression, or the folder in which files arrive. */
    private static String start(Workflow workflow) {
        return all(START, read(workflow.file()))
                .map(start ->
                        start.group(1).replace("${var.landing}", "landing").replace("${var.mysql_source}", "shop"))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Workflow> members() {
        return Workflows.read(ROOT.resolve("workflows")).find("members").stream();
    }

    private static Stream<MatchResult> drawn() {
        return all(WORKFLOW, read(DIAGRAMS.resolve("members-workflows.d2")));
    }

    private static Stream<MatchResult> all(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    private static String withoutComments(String source) {
        return source.replaceAll("(?m)^#.*$", "");
    }

    private static Set<String> names(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(DIAGRAMS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .map(name -> name.substring(0, name.length() - suffix.length()))
                    .collect(toCollection(TreeSet::new));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
