package dev.lakehouse.sample.members;

import dev.lakehouse.Percentage;
import dev.lakehouse.sample.RowCount;
import dev.lakehouse.sample.SampleCommand;
import dev.lakehouse.sample.SampleData;
import dev.lakehouse.sample.SampleTarget;
import dev.lakehouse.sample.SampleTarget.Server;
import dev.lakehouse.task.Step;
import dev.lakehouse.task.TaskContext.Stopwatch;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The table of members in MySQL, filled or changed. */
@Command(mixinStandardHelpOptions = true, description = "Create and fill the MySQL table members, or change its rows.")
public final class Sample implements SampleData {
    @Option(
            names = "--rows",
            paramLabel = "N",
            converter = RowCount.class,
            description = "How many (default: ${DEFAULT-VALUE})")
    private long rows = 1_000;

    @Option(names = "--seed", paramLabel = "N", description = "Seed (default: ${DEFAULT-VALUE})")
    private long seed = 123;

    @Option(names = "--as-of", paramLabel = "DATE", description = "Last day of registration (default: today, UTC)")
    private LocalDate asOf;

    @Option(
            names = "--change",
            paramLabel = "PERCENT",
            description = "Instead of filling the table, update, delete and add this share of its rows, such as 5%%")
    private Percentage change;

    @Override
    public Set<String> workflows() {
        return Set.of("members_extract");
    }

    @Override
    public Server server() {
        return Server.MYSQL;
    }

    @Override
    public boolean takesRows() {
        return true;
    }

    @Override
    public boolean isEmpty(SampleTarget target) {
        return !MembersSource.of(target.mysql()).hasRows();
    }

    @Override
    public void fill(SampleTarget target, OptionalLong number, Instant end) {
        target.say("The source is empty: members are generated first.");
        fill(target, number.orElse(rows), LocalDate.ofInstant(end, ZoneOffset.UTC));
    }

    @Override
    public Optional<SampleCommand> benchmark() {
        return Optional.of(new MembersBenchmark());
    }

    @Override
    public Consumer<SampleTarget> work() {
        LocalDate day = asOf == null ? LocalDate.now(ZoneOffset.UTC) : asOf;
        return target -> {
            if (change == null) {
                fill(target, rows, day);
            } else {
                change(target, day);
            }
        };
    }

    private void fill(SampleTarget target, long number, LocalDate day) {
        MembersSource source = MembersSource.of(target.mysql());
        Stopwatch stopwatch = Stopwatch.start();
        Step inserting = Step.part("inserting", number);
        InsertResult filled = source.fill(MemberGenerator.of(seed, number, day), inserting::reached);
        double seconds = stopwatch.seconds();
        target.say(
                "Generated %,d members (seed %d, as of %s) by %s: %.1f s, %,.0f rows/s",
                filled.rows(), seed, day, filled.way(), seconds, filled.rows() / seconds);
    }

    private void change(SampleTarget target, LocalDate day) {
        MembersSource source = MembersSource.of(target.mysql());
        Step changing = Step.part("changing", source.rows());
        MutationResult changed = source.change(change, seed, day, changing::reached);
        target.say(
                "Changed %s of members (seed %d): %,d updated, %,d deleted, %,d inserted",
                change, seed, changed.updated(), changed.deleted(), changed.inserted());
    }
}
