package dev.lakehouse.sample.members;

import dev.lakehouse.Percentage;
import dev.lakehouse.sample.RowCount;
import dev.lakehouse.sample.SampleCommand;
import dev.lakehouse.sample.SampleTarget;
import dev.lakehouse.spark.Parallelism;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures the path of members from MySQL to Delta by its real tasks, beside other ways on the same machine in the same run:
 * reading the table only, plain Spark, and other programs.
 */
@Command(
        mixinStandardHelpOptions = true,
        description =
                "Measure how fast a table is copied, proven, verified and loaded; how much less an unchanged table costs;"
                        + " and how long other ways take on this machine. The benchmark uses its own database, landing and"
                        + " tables and removes them at its end.")
final class MembersBenchmark implements SampleCommand {
    private static final long SEED = 123;

    /** All rows are of one day's state, so that two benchmarks measure the same rows. */
    private static final LocalDate AS_OF = LocalDate.parse("2026-01-31");

    private static final List<String> CHANGES = List.of("0.1%", "1%", "10%");

    @Option(
            names = "--rows",
            paramLabel = "N",
            converter = RowCount.class,
            description = "Rows of the table (default: ${DEFAULT-VALUE})")
    private long rows = 100_000;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            converter = RowCount.class,
            description = "How many times each step is measured, after one warm-up (default: ${DEFAULT-VALUE})")
    private long repeat = 3;

    @Option(
            names = "--extract-only",
            description =
                    "Measure the drain, copy, proof and verification only, once and without warming up: for large tables")
    private boolean extractOnly;

    @Option(
            names = "--peers",
            paramLabel = "SCRIPT",
            description = "Also measure other programs, by this script: bench/peers")
    private String peers;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the results as JSON")
    private String json;

    @Override
    public Consumer<SampleTarget> work() {
        Optional<PeerScript> script = Optional.ofNullable(peers).map(PeerScript::of);
        return target -> run(target, script);
    }

    private void run(SampleTarget target, Optional<PeerScript> script) {
        BenchmarkResults results = new BenchmarkResults(rows);
        try (BenchmarkPlace place = BenchmarkPlace.open(target)) {
            target.say("== %,d members are generated", rows);
            place.source().fill(MemberGenerator.of(SEED, rows, AS_OF), done -> {});
            if (extractOnly) {
                target.say("== copied, proven and verified");
                place.startAnew();
                results.add(
                        BenchmarkResults.ONE_CONNECTION,
                        () -> results.require(Drain.over(place.mysql(), 1).read()));
                extract(place, results);
            } else {
                results.require(Drain.over(place.mysql(), 1).read());
                for (long round = 0; round <= repeat; round++) {
                    target.say("== round %d of %d%s", round, repeat, round == 0 ? ", to warm up" : "");
                    round(place, round == 0 ? new BenchmarkResults(rows) : results);
                }
            }
            results.files(place);
            script.ifPresent(others -> {
                target.say("== other programs");
                results.peers(others.measure(place.mysql(), rows, repeat));
            });
            if (!extractOnly) {
                changed(target, place, results);
                place.compareWithSource();
            }
            results.memory();
        }
        BenchmarkReport report = new BenchmarkReport(results);
        report.lines().forEach(line -> target.say("%s", line));
        if (json != null) {
            report.write(json);
            target.say("written to %s", json);
        }
    }

    private static void round(BenchmarkPlace place, BenchmarkResults results) {
        PlainSpark plain = new PlainSpark(place.session(), place.mysql(), place.folder("plain"));
        results.add(BenchmarkResults.PLAIN_SPARK, plain::copy);
        results.require("Plain Spark's table", plain.rows());

        extracts(place, results);
        results.add("apply_schemas", place::applySchemas);
        results.add("load", place::load);
        results.add("reconcile", place::reconcile);
        results.sum(
                BenchmarkResults.FIRST_RUN, BenchmarkResults.EXTRACT, "verify", "apply_schemas", "load", "reconcile");
        again(place, BenchmarkResults.UNCHANGED, results);
    }

    /** Into an empty landing, without tables. */
    private static void extracts(BenchmarkPlace place, BenchmarkResults results) {
        int connections = Parallelism.of(place.session());
        Drain one = Drain.over(place.mysql(), 1);
        Drain several = Drain.over(place.mysql(), connections);
        place.startAnew();
        results.add(BenchmarkResults.ONE_CONNECTION, () -> results.require(one.read()));
        results.add("drain, " + connections + " connections", () -> results.require(several.read()));
        results.add(BenchmarkResults.SUMS, place::sums);
        extract(place, results);
    }

    private static void extract(BenchmarkPlace place, BenchmarkResults results) {
        results.add(BenchmarkResults.EXTRACT, place::extract);
        results.add("verify", place::verify);
    }

    /**
     * Runs the tasks of both workflows that work on rows.
     *
     * @return how many rows were copied
     */
    private static long again(BenchmarkPlace place, String name, BenchmarkResults results) {
        results.add(name + ", extract", place::extract);
        long copied = place.rowsCopied();
        results.add(name + ", verify", place::verify);
        results.add(name + ", load", place::load);
        results.add(name + ", reconcile", place::reconcile);
        results.sum(
                name + BenchmarkResults.ALL_TASKS,
                name + ", extract",
                name + ", verify",
                name + ", load",
                name + ", reconcile");
        return copied;
    }

    private void changed(SampleTarget target, BenchmarkPlace place, BenchmarkResults results) {
        for (String share : CHANGES) {
            for (long round = 1; round <= repeat; round++) {
                target.say("== %s changed, %d of %d", share, round, repeat);
                MutationResult changed =
                        place.source().change(Percentage.parse(share), SEED + round, AS_OF, done -> {});
                long copied = again(place, share + " changed", results);
                results.changed(share, changed, copied);
            }
        }
    }
}
