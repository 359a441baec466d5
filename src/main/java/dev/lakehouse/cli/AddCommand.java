package dev.lakehouse.cli;

import dev.lakehouse.UserError;
import dev.lakehouse.database.Choices;
import dev.lakehouse.database.DatabaseFiles;
import dev.lakehouse.database.DatabasePlan;
import dev.lakehouse.database.PlanReport;
import dev.lakehouse.local.Home;
import dev.lakehouse.local.SourcesOfHome;
import dev.lakehouse.source.mysql.InvalidDates;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.task.SourceFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Adds a MySQL database: shows the plan of how its tables are copied, and writes the files that copy them. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description =
                "Add a MySQL database (--mysql, --mysql-user, --mysql-password): show how its tables are copied, and"
                        + " write its workflows. Run again, it follows new and removed tables.")
final class AddCommand implements Callable<Integer> {
    @ParentCommand
    private Lakehouse lakehouse;

    @Parameters(paramLabel = "NAME", description = "The name of the database in the lakehouse, such as shop")
    private String name;

    @Option(
            names = "--tables",
            split = ",",
            paramLabel = "PATTERN",
            description = "The tables to copy, such as 'cust*,orders' (default: all tables and views)")
    private List<String> include = List.of();

    @Option(
            names = "--exclude",
            split = ",",
            paramLabel = "PATTERN",
            description = "Tables not to copy, such as 'tmp_*'")
    private List<String> exclude = List.of();

    @Option(
            names = "--key",
            paramLabel = "TABLE=COLUMNS",
            description =
                    "Key of a view or of a table without one: columns separated by commas, or * if rows may repeat. TABLE"
                            + " may be a pattern; may be repeated")
    private Map<String, String> keys = new LinkedHashMap<>();

    @Option(
            names = "--invalid-dates",
            paramLabel = "POLICY",
            description =
                    "For tables with dates: quarantine the rows whose dates are not in the calendar, now or later, or null to"
                            + " copy such dates as NULL (default: tables that have some are not copied)")
    private InvalidDates invalidDates;

    @Option(names = "--plan", description = "Only show the plan; write nothing")
    private boolean isPlanOnly;

    @Override
    public Integer call() {
        if (!LocalEnvironment.project("").equals(LocalEnvironment.own(""))) {
            throw new UserError(
                    "A database cannot be added to another project.",
                    "Its settings are packed into the jar, which the other project does not build.",
                    "Omit --project.");
        }
        DatabaseFiles files = new DatabaseFiles(LocalEnvironment.own(""), name);
        Optional<SourceFile> before = files.read();
        Choices given = choices();
        Choices choices = before.map(given::orPatternsOf).orElse(given);
        Optional<MySqlServer> asked = lakehouse.options().servers().mysql();
        Optional<Optional<MySqlServer>> remembered = remembered();
        Optional<MySqlServer> own = asked.or(() -> remembered.flatMap(server -> server));
        if (own.isPresent()) {
            Logging.to(Home.logsOf(lakehouse.options().home()), lakehouse.isVerbose());
            if (add(files, before, choices, own.get(), own)) {
                lakehouse.withHome(home -> SourcesOfHome.of(home).remember(home, name, own));
            }
            return 0;
        }
        return lakehouse.inEnvironment(Terminal::say, environment -> {
            if (add(files, before, choices, environment.mysql(), own)) {
                SourcesOfHome.of(environment.home()).remember(environment.home(), name, own);
            }
            return 0;
        });
    }

    private Choices choices() {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        keys.forEach((table, names) -> {
            List<String> key =
                    Stream.of(names.split(",", -1)).map(String::strip).toList();
            if (table.isBlank() || key.contains("")) {
                throw new UserError(
                        "--key '" + table + "=" + names + "' is not a key.",
                        "A table or a column has no name.",
                        "Give TABLE=COLUMN,COLUMN or TABLE=*, such as 'daily_sales=day,shop'.");
            }
            columns.put(table, key);
        });
        return new Choices(
                include,
                exclude,
                columns,
                invalidDates == null ? null : invalidDates.name().toLowerCase(Locale.ROOT));
    }

    /** The server of the database in this home: none if it was not added; an empty one for the home's own. */
    private Optional<Optional<MySqlServer>> remembered() {
        Map<String, Optional<MySqlServer>> known = new LinkedHashMap<>();
        lakehouse.withHome(home -> known.putAll(SourcesOfHome.of(home).all()));
        return Optional.ofNullable(known.get(name));
    }

    /** Returns whether files were written or needed no change, and not only the plan was shown. */
    private boolean add(
            DatabaseFiles files,
            Optional<SourceFile> before,
            Choices choices,
            MySqlServer server,
            Optional<MySqlServer> remembered) {
        DatabasePlan plan = DatabasePlan.of(server, choices, before);
        Terminal.say(
                "%s", name + ": " + server.address() + " (" + plan.server() + "), as user '" + server.user() + "'");
        Terminal.say("");
        PlanReport.lines(plan, before.map(SourceFile::schema).orElse(name), before)
                .forEach(line -> Terminal.say("%s", line));
        if (isPlanOnly) {
            return false;
        }
        List<String> written = files.write(plan, choices, remembered);
        Terminal.say("");
        Terminal.say("%s", written.isEmpty() ? "no file has changed" : "written: " + String.join(", ", written));
        if (plan.copiesNothing()) {
            Terminal.say("next: decide about a table above, and run the command again");
        } else {
            Terminal.say("next: ./lakehouse run %s", name);
        }
        return true;
    }
}
