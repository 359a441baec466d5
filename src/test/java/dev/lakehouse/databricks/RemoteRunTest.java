package dev.lakehouse.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.databricks.Deployment.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of deployed jobs, started and followed by {@code ./lakehouse remote}. */
@Tag("databricks")
class RemoteRunTest {
    private static final String START = "POST /api/2.2/jobs/run-now";
    private static final String QUESTION = "GET /api/2.2/jobs/runs/get";
    private static final String MESSAGE = "Extract 000042 is not complete. It has no manifest.";

    @TempDir
    private Path folder;

    private Deployment deployment;

    @BeforeEach
    void deploy() throws Exception {
        deployment = Deployment.of("dev", folder);
        deployment.deploy();
    }

    @AfterEach
    void everyRequestWasUnderstood() throws Exception {
        deployment.workspace().assertNothingRefused();
    }

    @Test
    void aRunThatSucceedsIsFollowedToItsEnd() throws Exception {
        Ended run = deployment.remote("run", "members_load").succeeded();

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("== [dev tester] members_load (run ")
                .contains("/run/")
                .contains("-- load: SUCCESS, 60.0 s\n")
                .containsPattern("(?m)^load +SUCCESS +1 +60\\.0$")
                .endsWith("== [dev tester] members_load: SUCCESS, 300.0 s\n");
    }

    @Test
    void aRunThatFailsSaysWhyAndHasStatus1() throws Exception {
        deployment.workspace().letTaskFail("load", MESSAGE + "\n  why:  the manifest is missing");

        Ended run = deployment.remote("run", "members_load").failed();

        assertThat(run.out())
                .contains("-- load: FAILED, 60.0 s\n   " + MESSAGE + "\n     why:  the manifest is missing\n")
                .containsPattern("(?m)^load +FAILED ")
                .contains("== [dev tester] members_load: FAILED");
    }

    @Test
    void throttledCutAndFailingRequestsChangeNothing() throws Exception {
        String undisturbed =
                deployment.remote("run", "members_load").succeeded().out();
        deployment.workspace().throttle(START, 1, "1");
        deployment.workspace().loseAnswers(START, 1);
        deployment.workspace().throttle(QUESTION, 1, "1");
        deployment.workspace().cut(QUESTION, 1, 0);
        deployment.workspace().failRequests(QUESTION, 1, 2);

        Ended run = deployment.remote("run", "members_load").succeeded();

        assertThat(withoutNumbers(run.out())).isEqualTo(withoutNumbers(undisturbed));
        assertThat(deployment.workspace().runs(job("members_load"))).isEqualTo(2);
    }

    @Test
    void aRunIsPickedUpByItsNumber() throws Exception {
        deployment.workspace().letTaskFail("load", MESSAGE);
        String started = deployment.remote("run", "members_load").out();

        Ended followed = deployment.remote("follow", number(started)).failed();

        assertThat(followed.out()).contains(MESSAGE);
    }

    @Test
    void afterCtrlCTheRunGoesOnAndIsPickedUp() throws Exception {
        deployment.workspace().throttle(QUESTION, 1, "100");
        Path printed = folder.resolve("printed");
        Process run = deployment.startRemote(printed, "run", "members_load");
        while (run.isAlive() && !Files.readString(printed).contains("the next attempt follows in 100 s")) {
            Thread.sleep(50);
        }

        new ProcessBuilder("kill", "-INT", Long.toString(run.pid())).start().waitFor();

        assertThat(run.waitFor()).isEqualTo(130);
        String pickedUp =
                Files.readString(printed).replaceFirst("(?s).*remote follow (\\d+)' follows it again.*", "$1");
        assertThat(deployment.remote("follow", pickedUp).succeeded().out()).contains("members_load: SUCCESS");
    }

    @Test
    void theStatusListsJobsWithTheirNewestRuns() throws Exception {
        deployment.remote("run", "members_extract").succeeded();
        deployment.workspace().letTaskFail("load", MESSAGE);
        deployment.remote("run", "members_load").failed();

        Ended status = deployment.remote("status").succeeded();

        assertThat(status.out())
                .containsPattern(
                        "(?m)^dev +\\[dev tester] members_extract +SUCCESS +2026-01-01 00:00:00Z +180\\.0 +http")
                .containsPattern("(?m)^dev +\\[dev tester] members_load +FAILED +2026-01-01 00:00:00Z +300\\.0 +http")
                .containsPattern("(?m)^dev +\\[dev tester] votes_outliers +- +- +- +-$");
    }

    @Test
    void aJobThatIsNotDeployedIsAnsweredWithThoseThatAre() throws Exception {
        Ended missing = deployment.remote("run", "membres_load").failed();

        assertThat(missing.err()).contains("no job 'membres_load'").contains("members_extract, members_load");
    }

    @Test
    void aWorkflowOfTwoTargetsWantsItsTarget() throws Exception {
        Deployment serverless =
                new Deployment("dev_serverless", deployment.checkout(), deployment.workspace(), deployment.home());
        deployment.workspace().makeVolume("dev_serverless_tester", "artifacts");
        serverless.deploy();

        Ended ambiguous = deployment.remote("run", "members_load").failed();
        Ended named =
                deployment.remote("run", "members_load", "--target", "dev").succeeded();

        assertThat(ambiguous.err()).contains("of the target dev, ", "of the target dev_serverless", "--target");
        assertThat(named.out()).contains("members_load: SUCCESS");
    }

    @Test
    void anUnknownTaskOrParameterStartsNothing() throws Exception {
        Ended task = deployment.remote("run", "members_load", "--only", "laod").failed();
        Ended parameter =
                deployment.remote("run", "members_load", "--set", "zoen=UTC").failed();

        assertThat(task.err())
                .contains("no task 'laod'")
                .contains("apply_schemas, load, reconcile, remove_extracts, tidy");
        assertThat(parameter.err()).contains("no parameter 'zoen'").contains("zone");
        assertThat(deployment.workspace().runs(job("members_load"))).isZero();
    }

    @Test
    void tasksAndParametersReachTheRun() throws Exception {
        Ended run = deployment
                .remote("run", "members_load", "--only", "load,tidy", "--set", "zone=Asia/Hong_Kong")
                .succeeded();

        assertThat(deployment.workspace().run(number(run.out())).path("job_parameters"))
                .anyMatch(parameter -> parameter.path("value").asText().equals("Asia/Hong_Kong"));
    }

    private String job(String name) throws Exception {
        return deployment.workspace().deployed().id("job [dev tester] " + name);
    }

    private static String number(String out) {
        return out.replaceFirst("(?s).*?\\(run (\\d+)\\).*", "$1");
    }

    private static String withoutNumbers(String out) {
        return out.replaceAll("\\d{6,}", "N");
    }
}
