package dev.lakehouse.cli;

import dev.lakehouse.UserError;
import dev.lakehouse.sample.LiveSampleData;
import dev.lakehouse.sample.Rate;
import dev.lakehouse.sample.RowCount;
import dev.lakehouse.sample.SampleData;
import dev.lakehouse.task.Step;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Runs a product's workflows, or one workflow, on this machine. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Run a product's workflows in order, or one workflow, on this machine.")
final class RunCommand implements Callable<Integer> {
    private static final long PATIENCE_MILLIS = 10_000;

    /** The options of job parameters that are not set by --input. */
    private static final Map<String, String> OPTIONS = Map.of("output", "--output", "as_of", "--as-of");

    @ParentCommand
    private Lakehouse lakehouse;

    @Parameters(
            paramLabel = "NAME",
            description =
                    "A product, such as members, or a workflow, such as members_extract; 'lakehouse workflows' lists"
                            + " them")
    private String name;

    @Option(
            names = "--rows",
            paramLabel = "N",
            converter = RowCount.class,
            description = "Members to generate first if the local source is empty (default: as for 'generate members')")
    private Long rows;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Value of a job parameter; may be repeated")
    private Map<String, String> parameters = Map.of();

    @Option(
            names = "--only",
            paramLabel = "TASK",
            split = ",",
            description = "Run only these tasks, without their dependencies; like 'bundle run --only' on Databricks")
    private List<String> tasks = List.of();

    @Option(
            names = "--input",
            paramLabel = "[NAME=]FILE_OR_GLOB",
            description = "Files to read instead of the landing's: a file, a folder, or a glob in quotes; local or on"
                    + " s3a://. For spending: customers=FILE and purchases=FILE")
    private List<String> inputs = List.of();

    @Option(
            names = "--output",
            paramLabel = "DIR_OR_URL",
            description = "Where to write the files that a product makes for others (default: output/ in the home)")
    private String output;

    @Option(
            names = "--as-of",
            paramLabel = "MOMENT",
            description = "For orders, the moment to look back from, such as 2026-01-31T06:00:00Z (default: now)")
    private Instant asOf;

    @Option(
            names = "--live",
            paramLabel = "RATE",
            description = "For orders_stream, also send live orders at a constant rate, such as 10/minute")
    private Rate live;

    @Override
    public Integer call() {
        Runs runs = Runs.of(lakehouse, name, tasks);
        List<SampleData> samples = lakehouse.samples().readBy(runs);
        Optional<LiveSampleData> awaited = lakehouse.samples().awaitedBy(runs);
        if (rows != null && samples.stream().noneMatch(SampleData::takesRows)) {
            throw rowsUnusable("'" + name + "' does not read a table that can be generated.");
        }
        Map<String, String> values = new LinkedHashMap<>(parameters);
        values.putAll(InputFiles.named(inputs, parameter -> needs(runs, parameter, "does not read these files")));
        if (output != null) {
            needs(runs, "output", "does not export files");
            values.put("output", InputFiles.directory(output));
        }
        if (asOf != null) {
            needs(runs, "as_of", "does not use this time");
            values.put("as_of", asOf.toString());
        }
        if (live != null && awaited.isEmpty()) {
            throw new UserError(
                    "--live cannot be used here.",
                    "'" + name + "' does not wait for live orders.",
                    "Omit --live, or run orders_stream. 'generate orders --live' only sends orders.");
        }
        if (runs.areContinuous() && lakehouse.isShell()) {
            throw new UserError(
                    "'" + name + "' cannot run in a shell.",
                    "It runs until it is stopped.",
                    "Leave the shell, and run './lakehouse run " + name + "'.");
        }
        List<SampleData> read = samples.stream()
                .filter(sample -> Collections.disjoint(sample.replacedBy(), values.keySet()))
                .toList();
        return runs.run(
                read,
                environment -> {
                    read.forEach(sample -> fillIfEmpty(sample, environment));
                    if (runs.areContinuous()) {
                        streamUntilInterrupted(environment, awaited);
                    }
                },
                values);
    }

    /** Only on a local server: only the command "generate" writes to a user's own server. */
    private void fillIfEmpty(SampleData sample, LocalEnvironment environment) {
        if (!environment.isLocal(sample.server())) {
            requireNoRows("The source is your own server.");
        } else if (!sample.isEmpty(environment)) {
            requireNoRows("The source has rows already.");
        } else {
            Step.during("generate " + sample.product(), () -> {
                sample.fill(
                        environment,
                        rows == null ? OptionalLong.empty() : OptionalLong.of(rows),
                        asOf == null ? Instant.now() : asOf);
                return null;
            });
        }
    }

    private void requireNoRows(String cause) {
        if (rows != null) {
            throw rowsUnusable(cause);
        }
    }

    private static UserError rowsUnusable(String cause) {
        return new UserError(
                "--rows cannot be used here.",
                cause,
                "Omit --rows. 'lakehouse generate members' fills or changes a source.");
    }

    /** An endless stream is stopped by Ctrl-C, which is not a failure. */
    private void streamUntilInterrupted(LocalEnvironment environment, Optional<LiveSampleData> awaited) {
        Optional<Thread> sender = Optional.ofNullable(live)
                .flatMap(rate -> awaited.map(sample -> started(sample.live(environment, rate))));
        environment.spark();
        Interrupt.first(() -> {
            Terminal.say("Stopping ...");
            sender.ifPresent(RunCommand::end);
            environment.stopStreams();
        });
    }

    private static Thread started(Runnable sending) {
        Thread sender = new Thread(sending, "live input");
        sender.setDaemon(true);
        sender.start();
        return sender;
    }

    private static void end(Thread sender) {
        sender.interrupt();
        try {
            sender.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void needs(Runs runs, String parameter, String otherwise) {
        if (!runs.take(parameter)) {
            throw new UserError(
                    OPTIONS.getOrDefault(parameter, "--input") + " cannot be used here.",
                    "'" + name + "' " + otherwise + ": none of its workflows has a parameter '" + parameter + "'.",
                    "Omit it, or name the input, such as --input customers=FILE. 'lakehouse workflows' lists the"
                            + " parameters.");
        }
    }
}
