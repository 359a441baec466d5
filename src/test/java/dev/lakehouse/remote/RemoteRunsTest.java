package dev.lakehouse.remote;

import static dev.lakehouse.remote.MisbehavingWorkspace.cut;
import static dev.lakehouse.remote.MisbehavingWorkspace.json;
import static dev.lakehouse.remote.MisbehavingWorkspace.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs followed through a workspace, and a network, that misbehave. */
final class RemoteRunsTest {
    private static final String ME = "GET /api/2.0/preview/scim/v2/Me";
    private static final String JOBS = "GET /api/2.2/jobs/list";
    private static final String JOB = "GET /api/2.2/jobs/get";
    private static final String START = "POST /api/2.2/jobs/run-now";
    private static final String RUN = "GET /api/2.2/jobs/runs/get";
    private static final String OUTPUT = "GET /api/2.2/jobs/runs/get-output";

    private static final String STARTED = "{\"run_id\": 7}";
    private static final String RUNNING =
            run("{\"life_cycle_state\": \"RUNNING\"}", "{\"life_cycle_state\": \"RUNNING\"}");
    private static final String SUCCEEDED = run(ended("SUCCESS"), ended("SUCCESS"));
    private static final String FAILED = run(ended("FAILED"), ended("FAILED"));
    private static final String BUSY = "{\"error_code\": \"REQUEST_LIMIT_EXCEEDED\", \"message\": \"too many\"}";
    private static final String EXPIRED = "{\"error_code\": \"403\", \"message\": \"Access token has expired.\"}";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private MisbehavingWorkspace workspace;

    @BeforeEach
    void start() throws Exception {
        workspace = MisbehavingWorkspace.start()
                .on(ME, json("{\"userName\": \"ann@example.org\"}"))
                .on(JOBS, json("{\"jobs\": [" + job(1, "[dev ann] load", "ann@example.org", "dev") + "]}"))
                .on(JOB, json("{\"job_id\": 1, \"settings\": {\"tasks\": [{\"task_key\": \"load\"}]}}"))
                .on(START, json(STARTED))
                .on(RUN, json(SUCCEEDED));
    }

    @AfterEach
    void stop() {
        workspace.close();
    }

    @Test
    void aStartWhoseAnswerIsLostIsRepeatedWithItsToken() {
        workspace.on(START, cut(STARTED), status(502, ""), json(STARTED));

        assertThat(started()).isEqualTo(7);

        List<String> starts = workspace.requests.stream()
                .filter(request -> request.startsWith(START))
                .toList();
        assertThat(starts).hasSize(3).allMatch(request -> request.contains("\"idempotency_token\":\""));
        assertThat(starts.stream().distinct()).hasSize(1);
    }

    @Test
    void aBusyWorkspaceIsGivenTheTimeThatItAsksFor() {
        workspace.on(RUN, status(429, BUSY, "Retry-After", "1"), json(SUCCEEDED));
        long start = System.nanoTime();

        assertThat(follow()).isTrue();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
        assertThat(workspace.asked(RUN + " ")).isEqualTo(2);
    }

    @Test
    void aLongerTimeThanIsReasonableIsNotWaitedFor() {
        workspace.on(RUN, status(429, BUSY, "Retry-After", "86400"), json(SUCCEEDED));

        assertThat(follow()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void anErrorOfTheServerIsOvercome(int status) {
        workspace.on(RUN, json(RUNNING), status(status, ""), status(status, "<html>"), json(SUCCEEDED));

        assertThat(follow()).isTrue();
        assertThat(text()).contains("-- load: RUNNING\n-- load: SUCCESS\n").endsWith("load: SUCCESS\n");
    }

    @Test
    void aConnectionThatBreaksInTheAnswerIsOvercome() {
        workspace.on(RUN, cut(RUNNING), json(RUNNING), cut(SUCCEEDED), cut(SUCCEEDED), json(SUCCEEDED));

        assertThat(follow()).isTrue();
    }

    @Test
    void anExpiredTokenIsReplacedByTheOneThatIsThereNow() {
        workspace.on(RUN, json(RUNNING), status(403, EXPIRED), json(SUCCEEDED));
        RemoteRuns runs = runs();
        workspace.token.set("second");

        assertThat(runs.follow(7)).isTrue();

        assertThat(workspace.requests.get(workspace.requests.size() - 1)).contains("Bearer second");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void withoutAnotherTokenTheRunIsSaidToGoOn(int status) {
        workspace.on(RUN, json(RUNNING), status(status, EXPIRED));

        assertThatThrownBy(this::follow)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("refused the login")
                .hasMessageContaining("Access token has expired.")
                .hasMessageContaining("databricks auth login")
                .hasMessageContaining("./lakehouse remote follow 7")
                .hasMessageContaining("databricks jobs cancel-run 7")
                .hasMessageNotContaining("first");
    }

    @Test
    void aWorkspaceThatStaysAwayIsReportedAndTheRunGoesOn() {
        workspace.on(RUN, json(RUNNING), status(500, "{\"message\": \"a bad day\"}"));

        assertThatThrownBy(this::follow)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Status 500: a bad day")
                .hasMessageContaining("The run continues");
    }

    @Test
    void aFailedTaskIsShownByItsOwnErrorWithoutWhatWouldMoveTheCursor() {
        workspace
                .on(RUN, json(FAILED))
                .on(OUTPUT, json("{\"error\": \"\\u001b[2JThe source is gone.\\n  why:  it was removed\"}"));

        assertThat(follow()).isFalse();

        assertThat(text())
                .contains("-- load: FAILED\n   [2JThe source is gone.\n     why:  it was removed\n")
                .doesNotContain("\u001b");
    }

    @Test
    void aTaskWithoutOutputIsShownByTheWorkspacesMessage() {
        workspace.on(RUN, json(FAILED)).on(OUTPUT, status(400, "{\"message\": \"no output\"}"));

        assertThat(follow()).isFalse();

        assertThat(text()).contains("   ended by the test\n");
    }

    @Test
    void aForEachTaskIsShownByTheErrorsOfItsFirstFailedIterations() {
        String iteration = "{\"run_id\": %d, \"task_key\": \"table\", \"state\": %s}";
        String iterations = IntStream.range(20, 30)
                .mapToObj(id -> iteration.formatted(id, ended(id == 20 ? "SUCCESS" : "FAILED")))
                .collect(Collectors.joining(","));
        workspace
                .on(
                        RUN,
                        json(FAILED.replace("\"task_key\"", "\"for_each_task\": {\"inputs\": \"[1]\"}, \"task_key\"")),
                        json("{\"run_id\": 8, \"iterations\": [" + iterations + "]}"))
                .on(OUTPUT, json("{\"error\": \"The source is gone.\"}"));

        assertThat(follow()).isFalse();

        assertThat(text())
                .contains("""
                -- load: FAILED
                   ended by the test
                   table (run 21): The source is gone.
                """, "   table (run 25): The source is gone.\n   4 more attempts of iterations failed\n");
        assertThat(text()).doesNotContain("(run 20)", "(run 26)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CANCELED", "TIMEDOUT", "UPSTREAM_FAILED", "SUCCESS_WITH_FAILURES"})
    void noOtherEndIsASuccess(String result) {
        workspace.on(RUN, json(run(ended(result), ended(result)))).on(OUTPUT, json("{}"));

        assertThat(follow()).isFalse();
        assertThat(text()).contains("load: " + result);
    }

    @Test
    void theJobOfAnotherDeveloperIsFoundByItsWholeNameOnly() {
        workspace.on(
                JOBS,
                json("{\"jobs\": [" + job(1, "[dev ann] load", "ann@example.org", "dev") + ","
                        + job(2, "[dev bob] load", "bob@example.org", "dev") + ","
                        + "{\"job_id\": 3, \"settings\": {\"name\": \"load\"}}]}"));

        assertThat(DeployedJobs.of(workspace.connect(), "lakehouse", Optional.empty())
                        .find("load")
                        .id())
                .isEqualTo(1);
        assertThat(DeployedJobs.of(workspace.connect(), "lakehouse", Optional.empty())
                        .find("[dev bob] load")
                        .id())
                .isEqualTo(2);
    }

    @Test
    void aJobIsFoundByItsKey() {
        String notes = "{\"config\": {\"resources\": {\"jobs\": {\"load_key\": {\"id\": \"1\"}}}}}";
        String content = Base64.getEncoder().encodeToString(notes.getBytes(StandardCharsets.UTF_8));
        workspace.on("GET /api/2.0/workspace/export", json("{\"content\": \"" + content + "\"}"));

        assertThat(DeployedJobs.of(workspace.connect(), "lakehouse", Optional.empty())
                        .find("load_key")
                        .name())
                .isEqualTo("[dev ann] load");
    }

    private long started() {
        return runs().start("lakehouse", "load", Optional.empty(), List.of(), Map.of());
    }

    private boolean follow() {
        return runs().follow(7);
    }

    private RemoteRuns runs() {
        return new RemoteRuns(
                workspace.connect(), new RunReport(new PrintStream(printed, true, StandardCharsets.UTF_8)));
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    private static String job(long id, String name, String user, String target) {
        return """
                {"job_id": %d, "settings": {"name": "%s", "deployment": {"kind": "BUNDLE", "metadata_file_path":
                "/Workspace/Users/%s/.bundle/lakehouse/%s/state/metadata.json"}}}
                """.formatted(id, name, user, target);
    }

    private static String ended(String result) {
        return "{\"life_cycle_state\": \"TERMINATED\", \"result_state\": \"" + result
                + "\", \"state_message\": \"ended by the test\"}";
    }

    private static String run(String state, String task) {
        return "{\"run_id\": 7, \"run_name\": \"load\", \"state\": " + state
                + ", \"tasks\": [{\"run_id\": 8, \"task_key\": \"load\", \"state\": " + task + "}]}";
    }
}
