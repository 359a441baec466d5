package dev.lakehouse;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Words that are not the field's, each with the word to use. */
class WordingTest {
    private static final Path ROOT = Path.of(System.getProperty("lakehouse.root"));
    private static final List<String> READ = List.of(
            "src/main", "docs", "workflows", "resources", "schemas", "template", "README.md", "AGENTS.md", "lakehouse");

    static Stream<Map.Entry<String, String>> words() {
        return Map.ofEntries(
                entry("mend(s|ed|ing)?", "fix, correct"),
                entry("judge(d|s|ment)?", "validate"),
                entry("fates?", "status"),
                entry("(from|at) (its|the) begin", "from the beginning, at the start"),
                entry("spoken to", "protocol"),
                entry("as a stranger", "say what is read"),
                entry("(does it, and says|makes it so)", "say what the method does"),
                entry("seen where", "seen at each location"),
                entry("home remembers", "stored in this home"),
                entry("anew", "again"),
                entry("(is|are) told", "receives"),
                entry("whoever", "the user, the principal"),
                entry("(of|on) one's own", "your own"),
                entry("somebody else", "another writer, another user"),
                entry("without a word", "without an error"),
                entry("in silence", "silently, without an error"),
                entry("(on (its|their) way|under way)", "pending, in progress"),
                entry("takes? the place of", "replaces"),
                entry("goes on", "continues"),
                entry("workplace", "environment"),
                entry("usual suspects", "usual errors"))
                .entrySet()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("words")
    void noTextUsesIt(Map.Entry<String, String> word) {
        Pattern pattern = Pattern.compile("(?i)\\b" + word.getKey() + "(?![\\w-])");

        assertThat(READ.stream().flatMap(WordingTest::files).flatMap(file -> lines(file)
                        .filter(line -> pattern.matcher(line).find())
                        .map(line -> ROOT.relativize(file) + ": " + line.strip())))
                .as("instead of '%s' write: %s", word.getKey(), word.getValue())
                .isEmpty();
    }

    private static Stream<Path> files(String name) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(name))) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readString(file).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
