package dev.lakehouse.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.cli.Lakehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A checkout, a workspace, and the Databricks CLI between the two, for one target. */
record Deployment(String target, Checkout checkout, FakeWorkspace workspace, Path home) {
    /** What the variables without a default are in these tests. */
    static final Map<String, String> VARIABLES = Map.of(
            "landing_storage", "s3://company-lakehouse/landing",
            "mysql_url", "jdbc:mysql://mysql.company.example:3306/shop",
            "kafka_servers", "kafka.company.example:9093");

    static final String SERVICE_PRINCIPAL = "aaaaaaaa-bbbb-4ccc-dddd-eeeeeeeeeeee";
    private static final int LONGEST_SECONDS = 180;

    static Deployment of(String target, Path folder) throws Exception {
        FakeWorkspace workspace = FakeWorkspace.empty();
        if (target.equals("dev_serverless")) {
            workspace.makeVolume("dev_serverless_tester", "artifacts"); // the target asks for it, for the jar
        }
        return new Deployment(
                target,
                Checkout.in(folder.resolve("checkout")),
                workspace,
                Files.createDirectories(folder.resolve("home")));
    }

    /** Who deploys from another checkout into the same workspace. */
    Deployment from(Checkout other) {
        return new Deployment(target, other, workspace, home);
    }

    /** What goes before the names of jobs and warehouses, so that targets can share a workspace. */
    String prefix() {
        return switch (target) {
            case "prod" -> "";
            case "staging" -> "[staging] ";
            default -> "[dev tester] ";
        };
    }

    /** The folder of the deployment in the workspace. */
    String root() {
        String owner = target.startsWith("dev") ? FakeWorkspace.USER : SERVICE_PRINCIPAL;
        return "/Workspace/Users/" + owner + "/.bundle/lakehouse/" + target;
    }

    /** The catalogue of the target. */
    String catalog() {
        return target.startsWith("dev") ? target + "_tester" : target;
    }

    /** The folder of the jar in the workspace. */
    String artifacts() {
        return target.equals("dev_serverless")
                ? "/Volumes/" + catalog() + "/default/artifacts/tester"
                : root() + "/artifacts";
    }

    /** Runs {@code databricks bundle ARGUMENTS --target TARGET} to its end. */
    Ended bundle(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("bundle"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--target", target));
        return databricks(all);
    }

    /** Runs {@code databricks ARGUMENTS} to its end. */
    Ended databricks(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Tools.built().cli().toString()));
        command.addAll(arguments);
        return run(command);
    }

    /** The same with {@code databricks} on the path of what runs in the checkout. */
    Deployment withCli() throws Exception {
        Path cli = Files.createDirectories(checkout.programs()).resolve("databricks");
        if (!Files.exists(cli)) {
            Files.createSymbolicLink(cli, Tools.built().cli());
        }
        return this;
    }

    /** Runs commands of a shell, among them {@code databricks}, in the checkout. */
    Ended shell(String script) throws Exception {
        withCli();
        return run(List.of("bash", "-c", script));
    }

    /** Runs {@code ./lakehouse remote ARGUMENTS} in the checkout to its end. */
    Ended remote(String... arguments) throws Exception {
        return run(remoteCommand(arguments));
    }

    /** Starts the same, with all that it prints in one file. */
    Process startRemote(Path printed, String... arguments) throws Exception {
        return builder(interruptible(remoteCommand(arguments)))
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
    }

    /** A build in the background of a shell ignores Ctrl-C, and so would what it starts. */
    private static List<String> interruptible(List<String> command) {
        boolean isLinux = Files.exists(Path.of("/proc/self/status"));
        return Stream.concat(isLinux ? Stream.of("env", "--default-signal=INT") : Stream.of(), command.stream())
                .toList();
    }

    private List<String> remoteCommand(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of(System.getProperty("lakehouse.root"), "jvm.options"),
                "-XX:TieredStopAtLevel=1",
                "-Dlakehouse.root=" + checkout.root(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Lakehouse.class.getName(),
                "remote"));
        command.addAll(List.of(arguments));
        return command;
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(checkout.root().toFile());
        builder.environment().clear();
        builder.environment().putAll(environment());
        return builder;
    }

    private Ended run(List<String> command) throws Exception {
        Path out = Files.createTempFile(home, "command", ".out");
        Path err = Files.createTempFile(home, "command", ".err");
        Process cli = builder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!cli.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            cli.destroyForcibly().waitFor();
            throw new AssertionError(command + " did not end: " + Files.readString(out) + Files.readString(err));
        }
        return new Ended(String.join(" ", command), cli.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Deploys, which must succeed. */
    Ended deploy(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("deploy"));
        arguments.addAll(List.of(options));
        return bundle(arguments.toArray(String[]::new)).succeeded();
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", checkout.programs() + ":" + System.getenv("PATH"));
        environment.put("HOME", home.toString());
        environment.put("DATABRICKS_HOST", workspace.address().toString());
        environment.put("DATABRICKS_TOKEN", workspace.token());
        environment.put("DATABRICKS_CLI_DISABLE_TELEMETRY", "true");
        environment.put("DATABRICKS_CLI_DISABLE_UPDATE_CHECK", "true");
        environment.put("DATABRICKS_CLI_TEST_PID", "1"); // the workspace learns whom to kill
        environment.put("DATABRICKS_BUNDLE_RETRY_INTERVAL_MS", "100"); // else fifteen seconds before each new try
        VARIABLES.forEach((name, value) -> environment.put("BUNDLE_VAR_" + name, value));
        if (!target.startsWith("dev")) {
            environment.put("BUNDLE_VAR_service_principal", SERVICE_PRINCIPAL);
        }
        return environment;
    }

    /** What a command left. */
    record Ended(String command, int status, String out, String err) {
        Ended succeeded() {
            assertThat(status).as("%s", this).isZero();
            return this;
        }

        Ended failed() {
            assertThat(status).as("%s", this).isEqualTo(1);
            return this;
        }

        /** All that it printed. */
        String text() {
            return out + err;
        }
    }
}
