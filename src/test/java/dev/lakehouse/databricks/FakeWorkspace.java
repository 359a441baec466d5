package dev.lakehouse.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** An empty workspace for one test, in the server process that all tests of this JVM share. */
record FakeWorkspace(URI address, String token) {
    /** Whom the fake takes the holder of a token for. */
    static final String USER = "tester@databricks.com";

    /** Every token that begins like this belongs to {@link #USER}. */
    private static final String TOKEN_OF_USER = "dbapi0";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    /** Kept, because the server ends when its standard input is closed, which collecting this would do. */
    private static Process server;

    private static URI serverAddress;

    static FakeWorkspace empty() throws Exception {
        return new FakeWorkspace(server(), TOKEN_OF_USER + UUID.randomUUID());
    }

    private static synchronized URI server() throws Exception {
        if (server == null) {
            server = new ProcessBuilder(Tools.built().workspace().toString())
                    .redirectError(Path.of(System.getProperty("lakehouse.root"), "target", "fake-workspace.log")
                            .toFile())
                    .start();
            serverAddress = URI.create(
                    new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))
                            .readLine());
        }
        return serverAddress;
    }

    /** What has arrived. */
    Deployed deployed() throws Exception {
        return new Deployed(JSON.readTree(get("/lakehouse/state")));
    }

    /** No request was one that the workspace does not know, or had a field that it does not know. */
    void assertNothingRefused() throws Exception {
        assertThat(JSON.readTree(get("/lakehouse/refused")).get("refused")).isEmpty();
    }

    /** Runs from now on fail in the task of that key. */
    void letTaskFail(String taskKey, String error) throws Exception {
        post("/lakehouse/failure", Map.of("task_key", taskKey, "error", error));
    }

    /** The next requests whose {@code METHOD PATH} matches lose their connection after some bytes of their body. */
    void cut(String request, int times, int afterBytes) throws Exception {
        post("/lakehouse/disturbance", Map.of("request", request, "times", times, "cut_after", afterBytes));
    }

    /** The next requests whose {@code METHOD PATH} matches are too many. */
    void throttle(String request, int times, String retryAfter) throws Exception {
        post("/lakehouse/disturbance", Map.of("request", request, "times", times, "retry_after", retryAfter));
    }

    /** The next requests whose {@code METHOD PATH} matches are carried out, and their answers lost. */
    void loseAnswers(String request, int times) throws Exception {
        post("/lakehouse/disturbance", Map.of("request", request, "times", times, "lose_answer", true));
    }

    /** How many runs a job has had. */
    int runs(String jobId) throws Exception {
        return JSON.readTree(get("/api/2.2/jobs/runs/list?job_id=" + jobId))
                .path("runs")
                .size();
    }

    /** A run as the workspace shows it. */
    JsonNode run(String runId) throws Exception {
        return JSON.readTree(get("/api/2.2/jobs/runs/get?run_id=" + runId));
    }

    /** After {@code offset} such requests, the next ones get status 500; {@code *} at the end stands for anything. */
    void failRequests(String request, int offset, int times) throws Exception {
        post(
                "/__testserver/fault",
                Map.of(
                        "pattern",
                        request,
                        "status_code",
                        500,
                        "body",
                        "{\"error_code\": \"INTERNAL_ERROR\", \"message\": \"the workspace has a bad day\"}",
                        "offset",
                        offset,
                        "times",
                        times));
    }

    /** After {@code offset} such requests, the CLI that sends the next one is killed before it is answered. */
    void killClient(String request, int offset) throws Exception {
        post("/__testserver/kill", Map.of("pattern", request, "offset", offset, "times", 1));
    }

    /** Makes a volume in a schema that every catalogue has, as a person does before the first deployment. */
    void makeVolume(String catalog, String name) throws Exception {
        post(
                "/api/2.1/unity-catalog/volumes",
                Map.of("catalog_name", catalog, "schema_name", "default", "name", name, "volume_type", "MANAGED"));
    }

    private String get(String path) throws Exception {
        return send(request(path).GET());
    }

    private void post(String path, Map<String, ?> body) throws Exception {
        send(request(path).POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).header("Authorization", "Bearer " + token);
    }

    private static String send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }
}
