package dev.lakehouse.databricks;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The Databricks CLI and the fake workspace, built once and kept by {@code .ci/databricks-cli}. */
record Tools(Path cli, Path workspace) {
    private static final Path ROOT = Path.of(System.getProperty("lakehouse.root"));
    private static Answer answer;

    private record Answer(int status, List<String> lines) {}

    /** Skips the test, with the script's reason, on a machine where they cannot be built. */
    static Tools built() throws Exception {
        Answer script = answer();
        assumeTrue(script.status == 0, () -> "not run: " + String.join(" ", script.lines));
        return new Tools(Path.of(script.lines.get(0)), Path.of(script.lines.get(1)));
    }

    private static synchronized Answer answer() throws Exception {
        if (answer == null) {
            answer = ask();
        }
        return answer;
    }

    private static Answer ask() throws InterruptedException {
        try {
            Process script = new ProcessBuilder(
                            ROOT.resolve(".ci/databricks-cli").toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String lines = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(script.waitFor(), lines.lines().toList());
        } catch (IOException e) {
            return new Answer(1, List.of("the script .ci/databricks-cli does not run here (" + e.getMessage() + ")"));
        }
    }
}
