package dev.lakehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.testing.GitHubWorkflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** The workflows of GitHub: pinned actions, few rights, and the commands and targets that the project documents. */
final class GitHubWorkflowsTest {
    private static final Path ROOT = Path.of(System.getProperty("lakehouse.root"));
    private static final Pattern USES = Pattern.compile("(?m)^ *(?:- )?uses: *(.*)$");
    private static final Pattern PINNED = Pattern.compile("([\\w.-]+/[\\w./-]+)@([0-9a-f]{40}) # v\\d+\\.\\d+\\.\\d+");
    private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Set<String> RIGHTS = Set.of("contents: read", "id-token: write");

    static List<GitHubWorkflow> workflows() throws IOException {
        return GitHubWorkflow.all();
    }

    @Test
    void everyActionIsPinnedByTheHashOfItsCommitAndNamesItsVersion() throws IOException {
        Map<String, Set<String>> pins = new TreeMap<>();
        for (GitHubWorkflow workflow : workflows()) {
            for (String use : groups(USES, workflow.text())) {
                if (use.startsWith("./")) {
                    assertThat(ROOT.resolve(use)).isRegularFile();
                } else {
                    assertThat(use).as("%s", workflow).matches(PINNED);
                    String action = use.substring(0, use.indexOf('@'));
                    pins.computeIfAbsent(action, none -> new TreeSet<>()).add(use);
                }
            }
        }

        assertThat(pins).isNotEmpty().allSatisfy((action, pinned) -> assertThat(pinned)
                .hasSize(1));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void aJobHasTheRightsThatItNeedsAndEndsInTime(GitHubWorkflow workflow) {
        assertThat(workflow.root().get("permissions")).hasToString("{}");
        workflow.jobs().forEach((name, job) -> {
            assertThat(job.path("permissions").properties())
                    .as(name)
                    .isNotEmpty()
                    .allMatch(right -> RIGHTS.contains(
                            right.getKey() + ": " + right.getValue().asText()));
            assertThat(job.has("uses") || job.has("timeout-minutes")).as(name).isTrue();
            assertThat(job.path("steps").valueStream())
                    .as(name)
                    .filteredOn(step -> step.path("uses").asText().startsWith("actions/checkout@"))
                    .allMatch(step ->
                            step.at("/with/persist-credentials").asText().equals("false"));
        });
    }

    /** What a branch or a title is called is text from outside; in a command it would be run. */
    @ParameterizedTest
    @MethodSource("workflows")
    void noCommandHoldsAnExpression(GitHubWorkflow workflow) {
        assertThat(workflow.commands()).noneMatch(command -> command.contains("${{"));
        assertThat(workflow.text()).doesNotContain("pull_request_target");
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void itsCommandsAreThoseOfThePages(GitHubWorkflow workflow) throws IOException {
        Set<String> documented = Stream.of("README.md", "docs/deploying.md")
                .flatMap(page -> groups(SHELL, read(page)).stream())
                .flatMap(String::lines)
                .map(line -> line.replaceFirst(" +#.*", ""))
                .collect(Collectors.toSet());

        assertThat(workflow.commands()).allSatisfy(command -> assertThat(documented)
                .contains(command.replace("\"$TARGET\"", "dev").replace("mvn -B ", "mvn ")));
    }

    @Test
    void aPullRequestIsValidatedForEveryTarget() throws IOException {
        JsonNode validate = GitHubWorkflow.named("pull-request.yml").jobs().get("validate");

        assertThat(texts(validate.at("/strategy/matrix/target"))).containsExactlyElementsOf(targets());
    }

    @Test
    void mainIsTestedAndThenDeployedToStagingBeforeProd() {
        Map<String, JsonNode> jobs = GitHubWorkflow.named("deploy.yml").jobs();

        assertThat(jobs).containsOnlyKeys("test", "staging", "prod");
        assertThat(jobs.get("staging").get("needs").asText()).isEqualTo("test");
        assertThat(jobs.get("prod").get("needs").asText()).isEqualTo("staging");
        assertThat(List.of("staging", "prod"))
                .allSatisfy(target ->
                        assertThat(jobs.get(target).at("/with/target").asText()).isEqualTo(target));
        assertThat(GitHubWorkflow.named("deploy-target.yml")
                        .jobs()
                        .get("deploy")
                        .get("environment")
                        .asText())
                .isEqualTo("${{ inputs.target }}");
    }

    @Test
    void everyVariableThatTheBundleLeavesOpenIsGiven() throws IOException {
        JsonNode bundle = bundle();
        Set<String> open = new TreeSet<>();
        bundle.get("variables").properties().stream()
                .filter(variable -> !variable.getValue().has("default"))
                .map(Map.Entry::getKey)
                .filter(name -> !bundle.at("/targets/prod/variables").has(name))
                .forEach(name -> open.add("BUNDLE_VAR_" + name));

        assertThat(Stream.concat(
                                GitHubWorkflow.named("pull-request.yml").jobs().values().stream(),
                                GitHubWorkflow.named("deploy-target.yml").jobs().values().stream())
                        .filter(job -> job.has("env")))
                .hasSize(2)
                .allSatisfy(job -> assertThat(names(job.get("env")))
                        .filteredOn(name -> name.startsWith("BUNDLE_VAR_"))
                        .containsExactlyInAnyOrderElementsOf(open));
    }

    private static List<String> targets() throws IOException {
        return names(bundle().get("targets"));
    }

    private static JsonNode bundle() {
        return new ObjectMapper().valueToTree(new Yaml().load(read("databricks.yml")));
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }

    private static List<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(file, e);
        }
    }
}
