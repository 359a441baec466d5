package dev.lakehouse.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakehouse.workflow.WrittenResources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jobs that a deployment makes are those of the workflow files: nothing lost, and nothing added but what is listed. */
@Tag("databricks")
class ArrivedJobsTest {
    private static final Pattern VARIABLE_WITHOUT_VALUE = Pattern.compile("<(\\w+)>");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"dev", "dev_serverless", "staging", "prod"})
    void jobsArriveAsTheirFilesSay(String target) throws Exception {
        Deployment deployment = Deployment.of(target, folder);

        deployment.deploy();

        assertJobsArrived(deployment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "dev_serverless", "staging", "prod"})
    void jobsOfAnAddedDatabaseArriveAsTheirFilesSay(String target) throws Exception {
        Deployment deployment = Deployment.of(target, folder);
        AddedDatabase.to(deployment.checkout());

        deployment.deploy();

        assertJobsArrived(deployment);
    }

    private static void assertJobsArrived(Deployment deployment) throws Exception {
        String target = deployment.target();
        Map<String, JsonNode> arrived = deployment.workspace().deployed().jobs();
        Map<String, Object> written =
                WrittenResources.jobs(deployment.checkout().root(), target);
        assertThat(arrived.keySet())
                .containsExactlyInAnyOrderElementsOf(written.keySet().stream()
                        .map(name -> deployment.prefix() + name)
                        .toList());
        Places places = Places.of(deployment);
        written.forEach((name, job) -> {
            SortedMap<String, String> came = Flat.of(arrived.get(deployment.prefix() + name));
            SortedMap<String, String> expected = expected(job, places, deployment.prefix() + name);
            SortedMap<String, String> added = new TreeMap<>(came);
            added.keySet().removeAll(expected.keySet());
            came.keySet().removeAll(added.keySet());
            assertThat(came).as("job %s", name).isEqualTo(expected);
            assertThat(added).as("added to job %s", name).allSatisfy((path, value) -> assertThat(additions(target))
                    .anySatisfy(addition -> assertThat(path + "=" + value).matches(addition)));
        });
    }

    /** What the CLI and the workspace add to what a file says, as {@code PATH=VALUE}. */
    private static List<String> additions(String target) {
        String pause = target.equals("prod") ? "UNPAUSED" : "PAUSED";
        String label = target.startsWith("dev") ? "tags\\.dev=tester" : "tags\\.environment=" + target;
        return List.of(
                "deployment\\.kind=BUNDLE",
                "deployment\\.metadata_file_path=/Workspace/.*/state/metadata\\.json",
                "edit_mode=UI_LOCKED",
                "format=MULTI_TASK",
                "queue\\.enabled=true",
                label,
                "(schedule|trigger|continuous)\\.pause_status=" + pause,
                "run_as\\.service_principal_name=" + Deployment.SERVICE_PRINCIPAL,
                "timeout_seconds=0",
                "tasks\\[\\w+]\\.run_if=ALL_SUCCESS",
                "tasks\\[\\w+]\\.timeout_seconds=0",
                "tasks\\[\\w+]\\.sql_task\\.file\\.source=WORKSPACE");
    }

    /** A job as its file says, with what only the workspace knows filled in. */
    private static SortedMap<String, String> expected(Object job, Places places, String name) {
        SortedMap<String, String> expected = new TreeMap<>();
        Flat.of(new ObjectMapper().valueToTree(job)).forEach((path, value) -> {
            if (!path.startsWith("permissions")) { // they arrive as a resource of their own
                expected.put(path, places.fill(path, value));
            }
        });
        expected.put("name", name);
        return expected;
    }

    /** What references and relative paths stand for. */
    private record Places(Map<String, String> references, String artifacts, String files) {
        static Places of(Deployment deployment) throws Exception {
            String volumes = "/Volumes/" + deployment.catalog() + "/ops/";
            return new Places(
                    Map.of(
                            "${resources.volumes.landing.volume_path}",
                            volumes + "landing",
                            "${resources.volumes.exports.volume_path}",
                            volumes + "exports",
                            "${resources.volumes.personal_exports.volume_path}",
                            volumes + "personal_exports",
                            "${workspace.current_user.short_name}",
                            "tester",
                            "${workspace.artifact_path}",
                            deployment.artifacts(),
                            "${resources.sql_warehouses.questions.id}",
                            deployment
                                    .workspace()
                                    .deployed()
                                    .id("warehouse " + deployment.prefix() + "lakehouse-" + deployment.target())),
                    deployment.artifacts(),
                    deployment.root() + "/files");
        }

        String fill(String path, String value) {
            String filled = value;
            for (Map.Entry<String, String> reference : references.entrySet()) {
                filled = filled.replace(reference.getKey(), reference.getValue());
            }
            filled = VARIABLE_WITHOUT_VALUE
                    .matcher(filled)
                    .replaceAll(match -> Deployment.VARIABLES.getOrDefault(match.group(1), match.group()));
            if (path.endsWith(".jar")) {
                return artifacts + "/.internal/" + Path.of(filled).getFileName();
            }
            return path.endsWith(".sql_task.file.path") ? filled.replaceFirst("^\\.\\.", files) : filled;
        }
    }
}
