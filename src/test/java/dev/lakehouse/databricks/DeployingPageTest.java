package dev.lakehouse.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.databricks.Deployment.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/deploying.md}, in the order of the page, from an empty workspace on. */
@Tag("databricks")
class DeployingPageTest {
    private static final Path PAGE = Path.of(System.getProperty("lakehouse.root"), "docs/deploying.md");
    private static final Pattern BLOCK = Pattern.compile("```(sh|json)\n(.*?)```", Pattern.DOTALL);

    /** A login by browser, and a release that a test does not have. */
    private static final Pattern NOT_RUN = Pattern.compile("(?m)^(databricks auth login|git switch).*\n");

    /** Asks for a value where nothing is piped in. */
    private static final String VALUE_OF_SECRETS = "databricks() { command databricks \"$@\" <<< value; }\n";

    @TempDir
    private Path folder;

    @Test
    void everyCommandOfThePageRuns() throws Exception {
        List<MatchResult> blocks =
                BLOCK.matcher(Files.readString(PAGE)).results().toList();
        String overrides = only(blocks, "json");
        String script = only(blocks, "sh")
                .replace(
                        "\ndatabricks bundle validate",
                        "\nmkdir -p .databricks/bundle/dev\ncat > "
                                + ".databricks/bundle/dev/variable-overrides.json <<'JSON'\n" + overrides
                                + "JSON\ndatabricks bundle validate");
        assertThat(script)
                .contains("catalogs create", "variable-overrides.json", "secrets put-secret", "bundle destroy");
        Deployment deployment = Deployment.of("dev", folder);
        Files.writeString(folder.resolve("answers.json"), "{\"table\": \"orders\"}");

        Ended ended = deployment.shell("set -euo pipefail\n" + VALUE_OF_SECRETS
                + NOT_RUN.matcher(script)
                        .replaceAll("")
                        .replace("bundle destroy", "bundle destroy --auto-approve")
                        .replace("bundle init", "bundle init --config-file ../answers.json"));

        assertThat(ended.succeeded().text())
                .contains("Validation OK!", "Plan: ", "Deployment complete!", "members_load", "TERMINATED SUCCESS");
        assertThat(folder.resolve("shop/workflows/orders_load.yml")).isRegularFile();
        deployment.workspace().assertNothingRefused();
    }

    /** The blocks of a language, made about the person whom the fake knows. */
    private static String only(List<MatchResult> blocks, String language) {
        return blocks.stream()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .collect(Collectors.joining("\n", "\n", ""))
                .replaceAll("([_-])ann\\b", "$1tester");
    }
}
