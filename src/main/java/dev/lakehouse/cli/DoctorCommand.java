package dev.lakehouse.cli;

import dev.lakehouse.UserError;
import dev.lakehouse.cli.CheckResult.State;
import dev.lakehouse.local.HomeServers;
import dev.lakehouse.local.PlannedServer;
import dev.lakehouse.local.ServerOptions;
import dev.lakehouse.local.SourcesOfHome;
import dev.lakehouse.source.mysql.MySqlServer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Checks what makes a first run fail. Starts no server and no Spark, and changes nothing. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Check what a run needs: Java, Maven, memory, disk, Docker, ports, the home, its servers and their"
                        + " rights, the workflows. Nothing is started or changed. Each problem is listed with its fix.")
final class DoctorCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    @ParentCommand
    private Lakehouse lakehouse;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "Of the databases that were added to the home, check only this one (default: all)")
    private String source;

    @Override
    public Integer call() {
        GlobalOptions options = lakehouse.options();
        Logging.withoutFile(options.isVerbose());
        List<Check> checks = checks(options.home(), options.servers());
        checks.addAll(sources(options.home(), source));
        List<CheckResult> results = Check.run(checks, LIMIT);
        PrintWriter out = spec.commandLine().getOut();
        results.forEach(result -> result.lines().forEach(out::println));
        long problems = results.stream().filter(CheckResult::isProblem).count();
        long warnings = results.stream()
                .filter(result -> result.state() == State.WARNING)
                .count();
        out.println(
                problems > 0
                        ? problems + " of " + results.size() + " checks found a problem."
                        : warnings > 0 ? "No problem was found. Mind the warnings." : "No problem was found.");
        out.flush();
        return problems > 0 ? Lakehouse.FAILED : 0;
    }

    static List<Check> checks(Path home, ServerOptions options) {
        Optional<HomeServers> servers = planned(home, options);
        BuildCheck build = new BuildCheck(
                LocalEnvironment.own(""),
                Optional.ofNullable(System.getenv("PATH")).orElse(""));
        HomeCheck homes = new HomeCheck(home);
        LocalServersCheck local = new LocalServersCheck(home, servers);
        List<Check> checks = new ArrayList<>(List.of(
                Check.of("java", MachineCheck::java),
                Check.of("maven", build::maven),
                Check.of("build", build::build),
                Check.of("memory", MachineCheck::memory),
                Check.of("files", MachineCheck::descriptors),
                Check.of("disk", results -> MachineCheck.room(home, results)),
                Check.of("temporary", MachineCheck::temporary),
                Check.of("ports", MachineCheck::port),
                Check.of("fonts", MachineCheck::fonts),
                Check.of(
                        "workflows", results -> ProjectCheck.workflows(LocalEnvironment.project("workflows"), results)),
                Check.of(
                        "variables", results -> ProjectCheck.variables(LocalEnvironment.project("local.yml"), results)),
                Check.of("home", homes::access),
                Check.of("servers", results -> homes.servers(options, results)),
                new Check("docker", LocalServersCheck::dockerIsLate, local::docker),
                Check.of("mariadb", local::embeddedMySql)));
        servers.flatMap(all -> all.mysql().own())
                .or(options::mysql)
                .ifPresent(server -> checks.add(MySqlCheck.of("mysql", server)));
        servers.ifPresent(all -> {
            own("s3", all.s3()).ifPresent(checks::add);
            own("kafka", all.kafka()).ifPresent(checks::add);
        });
        return checks;
    }

    /** The checks of the databases that were added to a home: of one, or of all if none is named. */
    static List<Check> sources(Path home, String name) {
        Map<String, Optional<MySqlServer>> known;
        try {
            known = SourcesOfHome.of(home).all();
        } catch (UserError unreadable) {
            return List.of(Check.of("databases", results -> {
                throw unreadable;
            }));
        }
        if (name != null && !known.containsKey(name)) {
            throw new UserError(
                    "The home does not know the database '" + name + "'.",
                    known.isEmpty()
                            ? "None was added to it."
                            : "Those that were added to it are " + String.join(", ", known.keySet()) + ".",
                    "Correct the name, or run './lakehouse add " + name
                            + " --mysql URL --mysql-user NAME --mysql-password env:NAME'.");
        }
        return known.entrySet().stream()
                .filter(entry -> name == null || entry.getKey().equals(name))
                // The home's own server is checked with the other servers.
                .flatMap(entry -> entry.getValue().stream().map(server -> MySqlCheck.of(entry.getKey(), server)))
                .toList();
    }

    /** Empty if the home's choice cannot be read or the options contradict it, which the check of the servers reports. */
    private static Optional<HomeServers> planned(Path home, ServerOptions options) {
        try {
            return Optional.of(HomeServers.of(home, options));
        } catch (UserError e) {
            return Optional.empty();
        }
    }

    /** The user's own server of a kind, which is reached. */
    private static Optional<Check> own(String subject, PlannedServer<?> server) {
        return server.own()
                .map(address -> Check.ofServer(subject, server.description(), results -> {
                    server.connect();
                    results.ok(server.description() + " answers and accepts the login");
                }));
    }
}
