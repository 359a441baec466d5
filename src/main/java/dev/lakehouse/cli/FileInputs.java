package dev.lakehouse.cli;

import dev.lakehouse.spending.SpendingGenerator;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.votes.VoteGenerator;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Makes files in the landing for products that read files. */
final class FileInputs {
    private static final String SEED = "123";
    private static final String VOTES = "10000";
    private static final String CUSTOMERS = "1000";

    private FileInputs() {}

    /** Files of votes. */
    @Command(
            name = "votes",
            mixinStandardHelpOptions = true,
            description = "Write delivered files of votes into the landing: overlaps and lines that are no votes among"
                    + " them.")
    static final class Votes implements Callable<Integer> {
        @ParentCommand
        private GenerateCommand generate;

        @Option(
                names = "--rows",
                paramLabel = "N",
                converter = Converters.Rows.class,
                defaultValue = VOTES,
                description = "How many votes (default: ${DEFAULT-VALUE})")
        private long rows;

        @Option(
                names = "--seed",
                paramLabel = "N",
                defaultValue = SEED,
                description = "Seed (default: ${DEFAULT-VALUE})")
        private long seed;

        @Override
        public Integer call() {
            return inWorkplace(generate, workplace -> votes(workplace, seed, rows));
        }
    }

    /** The two files of spending. */
    @Command(
            name = "spending",
            mixinStandardHelpOptions = true,
            description = "Write customers.csv and purchases.csv into the landing: gaps and bad rows among them.")
    static final class Spending implements Callable<Integer> {
        @ParentCommand
        private GenerateCommand generate;

        @Option(
                names = "--rows",
                paramLabel = "N",
                converter = Converters.Rows.class,
                defaultValue = CUSTOMERS,
                description = "How many customers, and how many purchases (default: ${DEFAULT-VALUE})")
        private long rows;

        @Option(
                names = "--seed",
                paramLabel = "N",
                defaultValue = SEED,
                description = "Seed (default: ${DEFAULT-VALUE})")
        private long seed;

        @Override
        public Integer call() {
            return inWorkplace(generate, workplace -> spending(workplace, seed, rows));
        }
    }

    /** Only on a server of our own. */
    static void votesIntoEmptyLanding(Workplace workplace) {
        if (isEmpty(workplace, "votes")) {
            System.out.println("The landing is empty: votes are generated first.");
            votes(workplace, Long.parseLong(SEED), Long.parseLong(VOTES));
        }
    }

    /** Only on a server of our own. */
    static void spendingIntoEmptyLanding(Workplace workplace) {
        if (isEmpty(workplace, "spending")) {
            System.out.println("The landing is empty: customers and purchases are generated first.");
            spending(workplace, Long.parseLong(SEED), Long.parseLong(CUSTOMERS));
        }
    }

    private static boolean isEmpty(Workplace workplace, String product) {
        workplace.spark();
        String folder = workplace.landing() + "/" + product;
        return workplace.s3IsLocal() && FileStore.of(folder).filesBelow(folder).isEmpty();
    }

    private static int inWorkplace(GenerateCommand generate, Consumer<Workplace> work) {
        try (Workplace workplace = Workplace.open(generate.options(), Terminal::say)) {
            workplace.spark();
            work.accept(workplace);
        }
        return 0;
    }

    private static void votes(Workplace workplace, long seed, long rows) {
        String folder = workplace.landing() + "/votes";
        int files = VoteGenerator.of(seed, rows).write(folder);
        say("Generated %,d votes (seed %d) in %,d files of %s", rows, seed, files, folder);
    }

    private static void spending(Workplace workplace, long seed, long rows) {
        String folder = workplace.landing() + "/spending";
        SpendingGenerator.of(seed, rows).write(folder);
        say("Generated %,d customers and %,d purchases (seed %d) in %s", rows, rows, seed, folder);
    }

    private static void say(String form, Object... values) {
        System.out.println(String.format(Locale.ROOT, form, values));
    }
}
