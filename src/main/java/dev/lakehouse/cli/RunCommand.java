package dev.lakehouse.cli;

import dev.lakehouse.UserError;
import dev.lakehouse.invoices.SampleDocuments;
import dev.lakehouse.members.MembersSource;
import dev.lakehouse.orders.generator.Rate;
import dev.lakehouse.storage.FileStore;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Runs a product's workflows, or one workflow, here. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Run a product's workflows in their order, or one workflow, on this machine.")
final class RunCommand implements Callable<Integer> {
    private static final long PATIENCE_MILLIS = 10_000;

    /** The options that stand for a job parameter; all others are named by --input. */
    private static final Map<String, String> OPTIONS = Map.of("output", "--output", "as_of", "--as-of");

    @ParentCommand
    private Lakehouse lakehouse;

    @Parameters(
            paramLabel = "NAME",
            description =
                    "A product (members, invoices, activity, votes, orders, spending) or a workflow (members_extract)")
    private String name;

    @Option(
            names = "--rows",
            paramLabel = "N",
            converter = Converters.Rows.class,
            description = "Members to generate first where the local source is empty (default: " + Members.ROWS + ")")
    private Long rows;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Value of a job parameter; may be repeated")
    private Map<String, String> parameters = Map.of();

    @Option(
            names = "--only",
            paramLabel = "TASK",
            split = ",",
            description = "Run these tasks only, whatever they depend on; as 'bundle run --only' on Databricks")
    private List<String> tasks = List.of();

    @Option(
            names = "--input",
            paramLabel = "[NAME=]FILE_OR_GLOB",
            description = "Files to read instead of the landing's: a file, a folder, or a glob in quotes; here, or on"
                    + " s3a://. For spending customers=FILE and purchases=FILE")
    private List<String> inputs = List.of();

    @Option(
            names = "--output",
            paramLabel = "DIR_OR_URL",
            description = "Where to write the files that a product makes for others (default: output/ in the home)")
    private String output;

    @Option(
            names = "--as-of",
            paramLabel = "MOMENT",
            converter = Converters.Moment.class,
            description = "For orders, the moment to look back from, such as 2026-01-31T06:00:00Z (default: now)")
    private Instant asOf;

    @Option(
            names = "--live",
            paramLabel = "RATE",
            converter = Converters.OrderRate.class,
            description = "For orders_stream, send orders of now meanwhile at an even rate, such as 10/minute")
    private Rate live;

    @Override
    public Integer call() {
        Runs runs = Runs.of(lakehouse.options(), name, tasks);
        boolean readsMembers = runs.include("members_extract");
        boolean readsInvoices = runs.include("invoices");
        if (rows != null && !readsMembers) {
            throw rowsUnusable("'" + name + "' reads no table that could be generated.");
        }
        Map<String, String> values = new LinkedHashMap<>(parameters);
        values.putAll(InputFiles.named(inputs, parameter -> needs(runs, parameter, "reads no such files")));
        if (output != null) {
            needs(runs, "output", "writes no files for others");
            values.put("output", OutputPlace.of(output).location());
        }
        if (asOf != null) {
            needs(runs, "as_of", "looks back from no moment");
            values.put("as_of", asOf.toString());
        }
        if (live != null && !runs.include("orders_stream")) {
            throw new UserError(
                    "--live cannot be used here.",
                    "'" + name + "' does not wait for orders of now.",
                    "Leave it out, or run orders_stream; 'generate orders --live' sends orders alone.");
        }
        return runs.run(
                workplace -> {
                    if (readsMembers) {
                        generateMembers(workplace);
                    }
                    if (readsInvoices && !values.containsKey("input")) {
                        drawInvoices(workplace);
                    }
                    if (runs.include("activity")) {
                        workplace.makeKeyset();
                    }
                    if (runs.include("activity") && !values.containsKey("input")) {
                        Activity.generateIntoEmptyLanding(workplace);
                    }
                    if (runs.include("votes_ingest") && !values.containsKey("input")) {
                        FileInputs.votesIntoEmptyLanding(workplace);
                    }
                    if (runs.include("orders") && !values.containsKey("customers") && !values.containsKey("topic")) {
                        Orders.generateIntoEmptyTopic(workplace, asOf == null ? Instant.now() : asOf);
                    }
                    if (runs.include("orders_stream")) {
                        streamUntilInterrupted(workplace);
                    }
                    if (runs.include("spending")
                            && !values.containsKey("customers")
                            && !values.containsKey("purchases")) {
                        FileInputs.spendingIntoEmptyLanding(workplace);
                    }
                },
                values);
    }

    /** A stream without an end is ended by Ctrl-C, and nothing has failed then. */
    private void streamUntilInterrupted(Workplace workplace) {
        Optional<Thread> sender = Optional.ofNullable(live).map(rate -> Orders.sendMeanwhile(workplace, rate));
        SparkSession session = workplace.spark();
        Interrupt.first(() -> {
            Terminal.say("Stopping ...");
            sender.ifPresent(RunCommand::end);
            Streams.stop(session);
        });
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
                    OPTIONS.getOrDefault(parameter, "--input") + " cannot be used here like this.",
                    "'" + name + "' " + otherwise + ": none of its workflows has a parameter '" + parameter + "'.",
                    "Leave it out, or name the input, such as --input customers=FILE; 'lakehouse workflows' lists what"
                            + " there is.");
        }
    }

    /** Only into an empty landing of a server of our own. */
    private static void drawInvoices(Workplace workplace) {
        String folder = workplace.landing() + "/invoices";
        workplace.spark();
        if (workplace.s3IsLocal() && FileStore.of(folder).filesBelow(folder).isEmpty()) {
            System.out.println("The landing is empty: invoices are drawn first.");
            int drawn = SampleDocuments.draw(workplace.spark(), folder);
            System.out.println("Drew " + drawn + " invoices as PDFs in " + folder);
        }
    }

    /** Only into an empty table of a server of our own: a person's server is written to by "generate" alone. */
    private void generateMembers(Workplace workplace) {
        if (!workplace.mysqlIsLocal()) {
            if (rows != null) {
                throw rowsUnusable("The source is a server of your own.");
            }
            return;
        }
        if (MembersSource.of(workplace.mysql()).hasRows()) {
            if (rows != null) {
                throw rowsUnusable("The source has rows already.");
            }
            return;
        }
        System.out.println("The source is empty: members are generated first.");
        new Members(Members.SEED, LocalDate.now(ZoneOffset.UTC), System.out)
                .fill(workplace.mysql(), rows == null ? Members.ROWS : rows);
    }

    private static UserError rowsUnusable(String cause) {
        return new UserError(
                "--rows cannot be used here.",
                cause,
                "Leave --rows out; 'lakehouse generate members' fills or changes a source.");
    }
}
