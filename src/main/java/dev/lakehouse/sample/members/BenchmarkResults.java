package dev.lakehouse.sample.members;

import dev.lakehouse.sample.Machine;
import dev.lakehouse.sample.members.PeerScript.Measurement;
import dev.lakehouse.sample.members.PeerScript.Peer;
import dev.lakehouse.storage.StoredFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** What a benchmark measures: each thing some times. A result of other rows than expected ends the benchmark. */
final class BenchmarkResults {
    static final String ONE_CONNECTION = "drain, 1 connection";
    static final String PLAIN_SPARK = "plain Spark, to Delta";
    static final String SUMS = "MySQL's sums of all ranges";
    static final String EXTRACT = "extract";
    static final String FIRST_RUN = "all tasks, first run";
    static final String UNCHANGED = "unchanged";
    static final String ALL_TASKS = ", all tasks";

    private final long rows;
    private final String machine = Machine.description();
    private final Map<String, List<Measured>> measured = new LinkedHashMap<>();
    private final Map<String, Double> copiedPerChanged = new LinkedHashMap<>();
    private final Map<String, Long> sizes = new LinkedHashMap<>();
    private Measurement peers = Measurement.NONE;
    private Drain.Rows expected;

    BenchmarkResults(long rows) {
        this.rows = rows;
    }

    /** Measures. */
    void add(String name, Runnable work) {
        measured.computeIfAbsent(name, added -> new ArrayList<>()).add(Measured.of(name, work));
    }

    /** Adds the sum of the latest measurements of others. */
    void sum(String name, String... parts) {
        measured.computeIfAbsent(name, added -> new ArrayList<>())
                .add(Arrays.stream(parts)
                        .map(this::latest)
                        .reduce(Measured::plus)
                        .orElseThrow());
    }

    private Measured latest(String name) {
        List<Measured> all = measured.get(name);
        return all.get(all.size() - 1);
    }

    /** Requires what every other drain has read. */
    void require(Drain.Rows drained) {
        require("The drain", drained.number());
        if (expected == null) {
            expected = drained;
        } else if (!expected.equals(drained)) {
            throw new IllegalStateException("Two drains read different rows: " + expected + ", " + drained);
        }
    }

    /** Requires all rows of the table. */
    void require(String what, long actual) {
        if (actual != rows) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT, "%s has %,d rows instead of %,d", what, actual, rows));
        }
    }

    /** Rows were changed in the source, and so many were copied. */
    void changed(String share, MutationResult mutation, long copied) {
        long number = mutation.updated() + mutation.deleted() + mutation.inserted();
        copiedPerChanged.put(share, (double) copied / number);
    }

    void peers(Measurement all) {
        peers = all;
    }

    /** The files of the place. */
    void files(BenchmarkPlace place) {
        files("extract", place.extractFiles());
        files("table", place.tableFiles());
    }

    /** The most memory that this process has had until now, and other programs. */
    void memory() {
        sizes.put("peak heap of all that was measured here, bytes", Machine.peakHeap());
        sizes.put("peak memory of this process, bytes", Machine.peakMemory());
        peers().forEach(peer -> sizes.put("peak memory of " + peer.name() + ", bytes", peer.peakBytes()));
    }

    private void files(String what, List<StoredFile> files) {
        sizes.put(what + ", files", (long) files.size());
        sizes.put(what + ", bytes", files.stream().mapToLong(StoredFile::size).sum());
    }

    long rows() {
        return rows;
    }

    String machine() {
        return machine;
    }

    /** The checksum of the rows as clients of the driver read them; 0 where no drain was measured. */
    long checksum() {
        return expected == null ? 0 : expected.checksum();
    }

    Map<String, List<Measured>> measured() {
        return measured;
    }

    List<Peer> peers() {
        return peers.peers();
    }

    /** Other programs that could not be measured. */
    List<String> failedPeers() {
        return peers.failed();
    }

    Map<String, Long> sizes() {
        return sizes;
    }

    /** Quotients of medians, which depend less on the machine than seconds do. */
    Map<String, Double> ratios() {
        Map<String, Double> ratios = new LinkedHashMap<>();
        double extract = seconds(EXTRACT);
        double drain = seconds(ONE_CONNECTION);
        ratios.put("rate of the copy / rate of a drain by 1 connection", drain / part(EXTRACT, "copying"));
        ratios.put("rate of copy and proof / rate of a drain by 1 connection", drain / extract);
        peers().forEach(peer -> ratios.put(
                "time of copy and proof / " + peer.name(),
                extract / peer.seconds().median()));
        if (measured.containsKey(FIRST_RUN)) {
            ratios.put("time of all tasks / plain Spark", seconds(FIRST_RUN) / seconds(PLAIN_SPARK));
            ratios.put("CPU of all tasks / plain Spark", cpu(FIRST_RUN) / cpu(PLAIN_SPARK));
            ratios.put(
                    "time of all tasks, unchanged / MySQL's sums of all ranges",
                    seconds(UNCHANGED + ALL_TASKS) / seconds(SUMS));
        }
        copiedPerChanged.forEach(
                (share, ratio) -> ratios.put("rows copied / rows changed, " + share + " changed", ratio));
        double cells = (double) rows * MembersSource.COLUMNS.size();
        ratios.put("cells per CPU second, copy and proof", cells / cpu(EXTRACT));
        if (measured.containsKey(FIRST_RUN)) {
            ratios.put("cells per CPU second, all tasks", cells / cpu(FIRST_RUN));
            ratios.put("cells per CPU second, plain Spark", cells / cpu(PLAIN_SPARK));
        }
        peers().forEach(peer -> ratios.put(
                "cells per CPU second, " + peer.name(),
                cells / peer.cpuSeconds().median()));
        return ratios;
    }

    private double seconds(String name) {
        return median(name, Measured::seconds);
    }

    private double cpu(String name) {
        return median(name, Measured::cpuSeconds);
    }

    private double part(String name, String part) {
        return median(name, one -> one.part(part));
    }

    private double median(String name, Function<Measured, Double> value) {
        return Series.of(measured.get(name).stream().map(value).toList()).median();
    }
}
