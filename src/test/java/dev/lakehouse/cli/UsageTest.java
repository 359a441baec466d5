package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.cli.Launcher.Ended;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.testing.TestServers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the command line says to a person who asks for help or made a mistake; nothing here gets as far as Spark. */
@Tag("cli")
final class UsageTest {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    @TempDir
    Path directory;

    private Launcher lakehouse;

    @BeforeEach
    void launcher() {
        lakehouse = Launcher.in(directory);
    }

    static Stream<String> commands() {
        return Stream.concat(Stream.of(""), commandsOf(Lakehouse.commandLine(Optional.empty())));
    }

    private static Stream<String> commandsOf(CommandLine command) {
        return command.getSubcommands().entrySet().stream().flatMap(sub -> {
            String name = sub.getKey();
            return Stream.concat(Stream.of(name), commandsOf(sub.getValue()).map(deeper -> name + " " + deeper));
        });
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItselfItsOwnOptionsFirst(String command) {
        StringWriter out = new StringWriter();
        CommandLine line = Lakehouse.commandLine(Optional.empty()).setOut(new PrintWriter(out));

        assertThat(line.execute((command + " --help").strip().split(" ", -1))).isZero();

        assertThat(out.toString())
                .startsWith(("Usage: lakehouse " + command).strip() + " ")
                .containsSubsequence("\nYour own servers\n", " --mysql=URL ", "\nAll commands\n", " --home=DIR ");
        assertThat(out.toString().lines().takeWhile(text -> !text.equals("Your own servers")))
                .as("what belongs to the command")
                .hasSizeLessThanOrEqualTo(40)
                .noneMatch(text -> text.contains("--home") || text.contains("--help  "));
    }

    @Test
    void helpIsPrintedByTheLauncher() throws Exception {
        Ended help = lakehouse.run("run", "--help");

        assertThat(help.status()).isZero();
        assertThat(help.out()).startsWith("Usage: lakehouse run ");
        assertThat(help.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rnu members",
                "run",
                "run members --rwos 5",
                "run members --rows many",
                "run members --rows 0",
                "run members --servers elsewhere",
                "run members --mysql jdbc:mysql://127.0.0.1:3306/shop",
                "run members --mysql 127.0.0.1 --mysql-user me --mysql-password env:HOME",
                "run members --mysql-password secret",
                "run members --kafka here",
                "run members --kafka a:1 --kafka-security TLS",
                "run members --kafka a:1 --kafka-security SASL_SSL",
                "run members --kafka a:1 --kafka-user me",
                "run members --kafka-password secret",
                "generate",
                "generate members --change 5",
                "generate members --as-of 2026-02-30",
                "generate orders --as-of 2026-02-30T00:00:00Z",
                "generate orders --live 10",
                "generate orders --live 10/minute --for ever",
                "generate orders --shift Food",
                "generate orders --duplicates 3",
                "sql",
                "sql --format xml SELECT",
                "benchmark",
                "benchmark orders --orders 0",
                "benchmark orders --rate fast",
                "benchmark orders --for ever",
                "remote",
                "remote run",
                "remote run members_load --set zone",
                "remote follow last",
                "remote sql",
                "remote sql --format xml SELECT",
            })
    void wrongUsageIsSaidInThreePartsAndStartsNothing(String arguments) throws Exception {
        Ended wrong = here(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));

        assertThat(wrong.status()).isEqualTo(WRONG_USAGE);
        assertIsOneMessage(wrong);
        assertThat(directory.resolve(".lakehouse")).doesNotExist();
    }

    /** The first two are answered by the script itself. */
    @ParameterizedTest
    @ValueSource(strings = {"run members --heap 5x", "run members --heap=5", "sql --format xml SELECT"})
    void wrongUsageEndsTheLauncherWithTheSameStatusAndMessage(String arguments) throws Exception {
        Ended wrong = lakehouse.run(arguments.split(" ", -1));

        assertThat(wrong.status()).isEqualTo(WRONG_USAGE);
        assertIsOneMessage(wrong);
        assertThat(directory.resolve(".lakehouse")).doesNotExist();
    }

    @Test
    void aProductThatDoesNotExistIsAnsweredWithThoseThatDo() throws Exception {
        Ended unknown = here("run", "membres");

        assertThat(unknown.status()).isEqualTo(FAILED);
        assertIsOneMessage(unknown);
        assertThat(unknown.err())
                .contains("no product or workflow 'membres'")
                .contains("members_extract, members_load");
        assertThat(directory.resolve(".lakehouse")).doesNotExist();
    }

    @Test
    void aMissingSqlFileIsNamedBeforeAnythingStarts() throws Exception {
        Ended missing = here("sql", "--file", "questions.sql");

        assertThat(missing.status()).isEqualTo(FAILED);
        assertIsOneMessage(missing);
        assertThat(missing.err()).contains("The SQL file questions.sql cannot be read.");
        assertThat(directory.resolve(".lakehouse")).doesNotExist();
    }

    @Test
    void aHomeThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");

        Ended unusable = lakehouse.run("run", "members", "--home", file.toString());

        assertThat(unusable.status()).isEqualTo(FAILED);
        assertIsOneMessage(unusable);
        assertThat(unusable.err()).contains("The home cannot be used: " + file);
    }

    @Test
    void aBrokenWorkflowFileIsNamedWithItsLineBeforeAnythingStarts() throws Exception {
        Files.writeString(directory.resolve("local.yml"), "variables: {}\n");
        Files.createDirectory(directory.resolve("workflows"));
        Files.writeString(directory.resolve("workflows/members_extract.yml"), """
                resources:
                  jobs:
                    members_extract:
                      name: "members_extract
                      tasks: []
                """);

        Ended broken = Launcher.ofProject(directory).run("run", "members");

        assertThat(broken.status()).isEqualTo(FAILED);
        assertIsOneMessage(broken);
        assertThat(broken.err()).containsPattern("workflows/members_extract.yml cannot be read at line \\d+");
        assertThat(directory.resolve(".lakehouse")).doesNotExist();
    }

    @Test
    void workflowsAreListed() throws Exception {
        Ended workflows = lakehouse.run("workflows");

        assertThat(workflows.err()).isEmpty();
        assertThat(workflows.status()).isZero();
        assertThat(workflows.out())
                .contains("members_extract (workflows/members_extract.yml)\n")
                .contains("members_load (workflows/members_load.yml)\n")
                .contains("members, after members_extract\n");
    }

    @Test
    void theListingNamesAFileThatCannotRunHereAndListsTheOthers() throws Exception {
        Files.createDirectory(directory.resolve("workflows"));
        String workflow = """
                resources:
                  jobs:
                    %s:
                      tasks:
                        - task_key: a
                          %s: {main_class_name: a.B}
                """;
        Files.writeString(directory.resolve("workflows/good.yml"), workflow.formatted("good", "spark_jar_task"));
        Files.writeString(directory.resolve("workflows/other.yml"), workflow.formatted("other", "for_each_task"));

        Ended listed = Launcher.ofProject(directory).run("workflows");

        assertThat(listed.status()).isEqualTo(FAILED);
        assertThat(listed.out()).contains("good (workflows/good.yml)").doesNotContain("other");
        assertThat(listed.err())
                .matches("error: .+\n  why:  .+\n  fix:  .+\n")
                .containsPattern("workflows/other.yml.*\\(line \\d+\\)")
                .contains("for_each_task");
    }

    @Test
    void aWrongPasswordOfOnesOwnMySqlIsSaidAndNotRepeated() throws Exception {
        MySqlServer server = TestServers.freshDatabase();
        Path password = Files.writeString(directory.resolve("password"), "not-the-password");

        Ended refused = lakehouse.run(
                "run",
                "members",
                "--servers",
                "embedded",
                "--mysql",
                server.url(),
                "--mysql-user",
                server.user(),
                "--mysql-password",
                "file:" + password);

        assertThat(refused.status()).isEqualTo(FAILED);
        assertThat(refused.out()).matches("S3: .+\n");
        assertThat(refused.err())
                .matches("error: .+\n  why:  .+\n  fix:  .+\n")
                .contains("'" + server.user() + "'")
                .contains("file:" + password)
                .doesNotContain("not-the-password");
        assertThat(allText(directory.resolve(".lakehouse/logs")))
                .contains("The command failed", "dev.lakehouse.UserError: ", "\tat dev.lakehouse.")
                .doesNotContain("not-the-password");
    }

    /** Runs a command in this JVM, which is quicker, on a home in the directory of the test. */
    private Ended here(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--home=" + directory.resolve(".lakehouse");
        int status = Lakehouse.commandLine(Optional.empty())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all);
        return new Ended(status, out.toString(), err.toString());
    }

    private static void assertIsOneMessage(Ended ended) {
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).matches("error: .+\n  why:  .+\n  fix:  .+\n");
    }

    private static String allText(Path folder) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }
}
