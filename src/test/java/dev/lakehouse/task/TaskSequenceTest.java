package dev.lakehouse.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.spark.Session;
import dev.lakehouse.testing.TestLakehouse;
import dev.lakehouse.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Option;

class TaskSequenceTest {
    private static final String WAREHOUSE = TestServers.freshFolder();

    @TempDir
    private Path directory;

    private final List<String> seen = new ArrayList<>();
    private final List<SparkSession> sessions = new ArrayList<>();

    @BeforeEach
    void writeSettings() throws IOException {
        Files.writeString(directory.resolve("shop.yml"), """
                schema: lake
                tables:
                  a:
                    where: "x <> '${env:HOME} $1 ${none}'"
                    target: other
                  b: {skip: It is old.}
                  wrong: {invalid_dates: never}
                """);
        System.setProperty(SourceFile.FOLDER, directory.toString());
    }

    @AfterEach
    void forgetSettings() {
        System.clearProperty(SourceFile.FOLDER);
    }

    @Test
    void stepsRunInTheirOrderWithWhatTheyKnow() {
        run("--rows=5");

        assertThat(seen).containsExactly("first 5  null", "second null");
    }

    @Test
    void someStepsRunInTheirOrder() {
        run("--steps=second,first", "--rows=5");
        assertThat(seen).containsExactly("first 5  null", "second null");
        seen.clear();
        run("--steps=second", "--rows=5");
        assertThat(seen).containsExactly("second null");
    }

    @Test
    void afterAFailedStepNoneRuns() {
        assertThatThrownBy(() -> run("--rows=13")).isInstanceOf(UserError.class).hasMessageContaining("unlucky");
        assertThat(seen).isEmpty();
        assertThat(Session.current()).as("the session outside").isSameAs(TestLakehouse.session());
    }

    @Test
    void stepsRunInASessionOfTheirOwn() {
        SparkSession outside = TestLakehouse.session();
        run("--rows=5");

        assertThat(sessions.get(0)).isSameAs(sessions.get(1)).isNotSameAs(outside);
        assertThat(Session.current()).isSameAs(outside);
    }

    @Test
    void argumentsComeBeforeSettings() {
        run("--rows=5", "--settings=sources/shop.yml", "--table=a");
        run("--rows=5", "--settings=sources/shop.yml", "--table=a", "--where=y", "--target=lake.mine");
        run("--rows=5", "--settings=", "--table=b");

        assertThat(seen)
                .containsExactly(
                        "first 5 x <> '${env:HOME} $1 ${none}' a",
                        "second lake.other",
                        "first 5 y a",
                        "second lake.mine",
                        "first 5  b",
                        "second null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--steps=third|Its steps are first, second, but --steps=third was given.",
                "--steps=|Its steps are first, second, but --steps= was given.",
                "--steps=first,,second|Its steps are first, second",
                "--raws=5|None of its steps has an option for --raws=5.",
                "surplus|None of its steps has an option for surplus.",
                "--rows=many|First cannot start: its parameters are wrong.",
                "--settings=sources/none.yml --table=a|There is no file sources/none.yml.",
                "--settings=sources/shop.yml|--settings was given without --table.",
                "--settings=sources/shop.yml --table=c|sources/shop.yml has no table 'c'.",
                "--settings=sources/shop.yml --table=b|sources/shop.yml says: It is old.",
            })
    void whatIsWrongIsRefusedBeforeAStepRuns(String arguments, String message) {
        List<String> all = new ArrayList<>(List.of(arguments.split(" ")));
        if (!arguments.contains("--rows")) {
            all.add("--rows=5");
        }

        assertThatThrownBy(() -> run(all.toArray(String[]::new)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
        assertThat(seen).isEmpty();
    }

    private void run(String... arguments) {
        TestLakehouse.session();
        Map<String, Task> steps = new LinkedHashMap<>();
        steps.put("first", new First());
        steps.put("second", new Second());
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--warehouse=" + WAREHOUSE, "--run-id=" + UUID.randomUUID()));
        new Steps(steps).execute(all.toArray(String[]::new));
    }

    private static final class Steps extends TaskSequence {
        Steps(Map<String, Task> tasks) {
            super(tasks);
        }
    }

    private final class First extends Task {
        @Option(names = "--rows", required = true)
        private int rows;

        @Option(names = "--where", defaultValue = "")
        private String where;

        @Option(names = "--table")
        private String table;

        @Override
        protected Result run(TaskContext context) {
            if (rows == 13) {
                throw new UserError("It is an unlucky number.", "It is 13.", "Take 12.");
            }
            sessions.add(context.session());
            seen.add("first " + rows + " " + where + " " + table);
            return Result.none();
        }
    }

    private final class Second extends Task {
        @Option(names = "--target")
        private String target;

        @Override
        protected Result run(TaskContext context) {
            sessions.add(context.session());
            seen.add("second " + target);
            return Result.none();
        }
    }
}
