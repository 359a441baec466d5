package dev.lakehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages lead to what is there. */
final class PagesTest {
    private static final Path ROOT = Path.of(System.getProperty("lakehouse.root"));
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern CODE = Pattern.compile("```.*?```", Pattern.DOTALL);
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");
    private static final Pattern TEST = Pattern.compile("-Dtest='?(\\w+)");

    static List<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> schemas = Files.walk(ROOT.resolve("schemas"))) {
            return Stream.of(top, docs, schemas)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsToAFileAndToAHeadingOfIt(Path page) throws IOException {
        String text = CODE.matcher(Files.readString(page)).replaceAll("");
        LINK.matcher(text).results().forEach(link -> {
            Path file = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
            assertThat(file).as(link.group()).exists();
            if (link.group(2) != null) {
                assertThat(anchors(file)).as(link.group()).contains(link.group(2));
            }
        });
    }

    @Test
    void thePageForAgentsIsShortAndNamesTestsThatAreThere() throws IOException {
        String page = Files.readString(ROOT.resolve("AGENTS.md"));
        Set<String> tests;
        try (Stream<Path> files = Files.walk(ROOT.resolve("src/test/java"))) {
            tests = files.map(file -> file.getFileName().toString().replaceFirst("\\.java$", ""))
                    .collect(Collectors.toSet());
        }

        assertThat(page.lines()).hasSizeLessThanOrEqualTo(60);
        assertThat(TEST.matcher(page).results().map(match -> match.group(1)))
                .isNotEmpty()
                .allMatch(tests::contains);
    }

    @Test
    void thePageAboutTestingNamesTestsThatAreThere() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("src/test/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sources.put(file.getFileName().toString().replaceFirst("\\.java$", ""), Files.readString(file));
            }
        }

        List<MatchResult> named = NAMED_TEST
                .matcher(Files.readString(ROOT.resolve("docs/testing.md")))
                .results()
                .toList();

        assertThat(named).hasSizeGreaterThan(50).allSatisfy(test -> {
            assertThat(sources).as(test.group()).containsKey(test.group(1));
            assertThat(sources.get(test.group(1)).contains(" " + test.group(2) + "("))
                    .as(test.group() + " is a class, or a method of its class")
                    .isEqualTo(test.group(2) != null);
        });
    }

    /** The anchors that GitHub makes of a page's headings. */
    private static Set<String> anchors(Path page) {
        try {
            return HEADING.matcher(CODE.matcher(Files.readString(page)).replaceAll(""))
                    .results()
                    .map(heading -> heading.group(1)
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\p{L}\\p{N} _-]", "")
                            .replace(' ', '-'))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new AssertionError(page.toString(), e);
        }
    }
}
