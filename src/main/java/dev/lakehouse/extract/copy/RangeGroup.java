package dev.lakehouse.extract.copy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring key ranges that one Spark task copies, into files that hold these ranges and no others.
 *
 * @param number of the group, from 0
 * @param first the number of its first range
 * @param conditions MySQL's condition of each range
 */
public record RangeGroup(int number, int first, List<String> conditions) implements Serializable {
    /**
     * Divides ranges into groups of nearly equal size.
     *
     * @param conditions of all ranges, in order
     * @param groups how many; at most as many as there are ranges
     */
    public static List<RangeGroup> of(List<String> conditions, int groups) {
        List<RangeGroup> all = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            int from = (int) ((long) conditions.size() * i / groups);
            int to = (int) ((long) conditions.size() * (i + 1) / groups);
            all.add(new RangeGroup(i, from, List.copyOf(conditions.subList(from, to))));
        }
        return all;
    }

    /** Of a list with an element per range, those of this group. */
    public <T> List<T> part(List<T> ofAllRanges) {
        return ofAllRanges.subList(first, first + conditions.size());
    }
}
