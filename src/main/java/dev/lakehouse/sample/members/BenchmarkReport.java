package dev.lakehouse.sample.members;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.task.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The results of a benchmark for people and for programs. */
record BenchmarkReport(BenchmarkResults results) {
    /** A table of medians with the least and the greatest value, then ratios and sizes. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(
                "== results",
                results.machine(),
                String.format(
                        Locale.ROOT,
                        "%-44s%10s%22s%10s%14s",
                        Report.rows(results.rows()),
                        "seconds",
                        "least to most",
                        "CPU s",
                        "rows/s")));
        results.measured().forEach((name, all) -> {
            lines.add(line(
                    name,
                    series(all, Measured::seconds),
                    String.format(
                            Locale.ROOT,
                            "%.2f",
                            series(all, Measured::cpuSeconds).median())));
            partsOf(all).forEach(part -> lines.add(line("  " + part, series(all, one -> one.part(part)), "")));
        });
        results.peers()
                .forEach(peer -> lines.add(line(
                        peer.name(),
                        peer.seconds(),
                        String.format(Locale.ROOT, "%.2f", peer.cpuSeconds().median()))));
        results.failedPeers()
                .forEach(peer -> lines.add("  " + peer + ": failed; the messages are above or in the log"));
        results.ratios()
                .forEach((name, ratio) -> lines.add(
                        String.format(Locale.ROOT, ratio < 1000 ? "%-70s%12.2f" : "%-70s%,12.0f", name, ratio)));
        results.sizes()
                .forEach((name, size) -> lines.add(String.format(
                        Locale.ROOT,
                        "%-70s%12s",
                        name.replaceFirst(", bytes$", ""),
                        name.endsWith(" bytes") ? Report.size(size) : size.toString())));
        return lines;
    }

    private String line(String name, Series seconds, String cpu) {
        return String.format(
                Locale.ROOT,
                "  %-42s%10.2f%22s%10s%,14.0f",
                name,
                seconds.median(),
                String.format(Locale.ROOT, "%.2f to %.2f", seconds.least(), seconds.greatest()),
                cpu,
                results.rows() / seconds.median());
    }

    private static Series series(List<Measured> all, Function<Measured, Double> value) {
        return Series.of(all.stream().map(value).toList());
    }

    private static Set<String> partsOf(List<Measured> all) {
        Set<String> parts = new LinkedHashSet<>();
        all.forEach(one -> parts.addAll(one.parts().keySet()));
        return parts;
    }

    /** Writes everything that was measured. */
    void write(String location) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", results.machine());
        all.put("rows", results.rows());
        all.put("checksum", results.checksum());
        all.put("measured", results.measured());
        all.put("peers", results.peers());
        all.put("failed", results.failedPeers());
        all.put("ratios", results.ratios());
        all.put("sizes", results.sizes());
        try {
            byte[] text = new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsBytes(all);
            FileStore.of(location).replace(location, out -> out.write(text));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Results have no JSON", e);
        }
    }
}
