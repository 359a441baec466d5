package dev.lakehouse.sample.members;

import java.util.Collection;
import java.util.List;

/**
 * Repeated measurements of one thing.
 *
 * @param values in the order in which they were measured
 */
record Series(List<Double> values) {
    static Series of(Collection<Double> values) {
        return new Series(List.copyOf(values));
    }

    double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    double least() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double greatest() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
