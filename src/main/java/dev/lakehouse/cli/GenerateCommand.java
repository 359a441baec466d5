package dev.lakehouse.cli;

import dev.lakehouse.Percentage;
import dev.lakehouse.activity.ActivityGenerator.Format;
import dev.lakehouse.invoices.GenerateInvoices;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Makes input for the products; the only command that writes to a MySQL server. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "PRODUCT",
        description = "Make input for a product.",
        subcommands = {
            GenerateCommand.MembersInput.class,
            GenerateCommand.InvoicesInput.class,
            GenerateCommand.ActivityInput.class,
            FileInputs.Votes.class,
            FileInputs.Spending.class,
            OrdersInput.class
        })
final class GenerateCommand {
    @ParentCommand
    private Lakehouse lakehouse;

    GlobalOptions options() {
        return lakehouse.options();
    }

    /** The source table of members. */
    @Command(
            name = "members",
            mixinStandardHelpOptions = true,
            description = "Make and fill the MySQL table members, or change what it holds.")
    static final class MembersInput implements Callable<Integer> {
        @ParentCommand
        private GenerateCommand generate;

        @Option(
                names = "--rows",
                paramLabel = "N",
                converter = Converters.Rows.class,
                defaultValue = "" + Members.ROWS,
                description = "How many (default: ${DEFAULT-VALUE})")
        private long rows;

        @Option(
                names = "--seed",
                paramLabel = "N",
                defaultValue = "" + Members.SEED,
                description = "Seed (default: ${DEFAULT-VALUE})")
        private long seed;

        @Option(
                names = "--as-of",
                paramLabel = "DATE",
                converter = Converters.Day.class,
                description = "Last day of registration (default: today, UTC)")
        private LocalDate asOf;

        @Option(
                names = "--change",
                paramLabel = "PERCENT",
                converter = Converters.Share.class,
                description = "Instead of filling it, update, delete and add so many of its rows, such as 5%%")
        private Percentage change;

        @Override
        public Integer call() {
            LocalDate day = asOf == null ? LocalDate.now(ZoneOffset.UTC) : asOf;
            Members members = new Members(seed, day, System.out);
            try (Workplace workplace = Workplace.open(generate.lakehouse.options(), Terminal::say)) {
                if (change == null) {
                    members.fill(workplace.mysql(), rows);
                } else {
                    members.change(workplace.mysql(), change);
                }
            }
            return 0;
        }
    }

    /** The tables of invoices. */
    @Command(
            name = "invoices",
            mixinStandardHelpOptions = true,
            description = "Fill the tables of invoices, by the same merge as documents; members that are loaded get"
                    + " member numbers.")
    static final class InvoicesInput implements Callable<Integer> {
        @ParentCommand
        private GenerateCommand generate;

        @Option(
                names = "--rows",
                paramLabel = "N",
                converter = Converters.Rows.class,
                defaultValue = "10000",
                description = "How many invoices (default: ${DEFAULT-VALUE})")
        private long rows;

        @Option(
                names = "--seed",
                paramLabel = "N",
                defaultValue = "123",
                description = "Seed; another one adds other invoices (default: ${DEFAULT-VALUE})")
        private long seed;

        @Override
        public Integer call() {
            try (Workplace workplace = Workplace.open(generate.lakehouse.options(), Terminal::say)) {
                workplace.spark();
                GenerateInvoices.main(new String[] {
                    "--warehouse=" + workplace.warehouse(),
                    "--landing=" + workplace.landing(),
                    "--rows=" + rows,
                    "--seed=" + seed
                });
            }
            return 0;
        }
    }

    /** The input of activity. */
    @Command(
            name = "activity",
            mixinStandardHelpOptions = true,
            description =
                    "Write a file of user activity into the landing: repeated lines, ties, gaps and bad lines among it.")
    static final class ActivityInput implements Callable<Integer> {
        @ParentCommand
        private GenerateCommand generate;

        @Option(
                names = "--rows",
                paramLabel = "N",
                converter = Converters.Rows.class,
                defaultValue = "" + Activity.ROWS,
                description = "How many lines (default: ${DEFAULT-VALUE})")
        private long rows;

        @Option(
                names = "--seed",
                paramLabel = "N",
                defaultValue = "" + Activity.SEED,
                description = "Seed (default: ${DEFAULT-VALUE})")
        private long seed;

        @Option(names = "--gzip", description = "Compress the file")
        private boolean gzip;

        @Override
        public Integer call() {
            try (Workplace workplace = Workplace.open(generate.lakehouse.options(), Terminal::say)) {
                new Activity(seed, rows, gzip ? Format.GZIP : Format.PLAIN).generate(workplace);
            }
            return 0;
        }
    }
}
