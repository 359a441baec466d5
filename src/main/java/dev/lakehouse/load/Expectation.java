package dev.lakehouse.load;

import dev.lakehouse.source.files.WholeNumber;
import java.util.List;
import java.util.stream.Stream;

/**
 * A condition that every good row satisfies.
 *
 * @param reason the reason in quarantine of a row that breaks it
 * @param condition an SQL condition over the row's columns; a row is good if it is true, but not if it is NULL
 */
public record Expectation(String reason, String condition) {

    /**
     * Expectations of a CSV column of whole numbers: a value that is present is a whole number within the range of its
     * type.
     */
    public static List<Expectation> isWhole(String column, WholeNumber.Type type) {
        return Stream.of(WholeNumber.NOT_WHOLE, WholeNumber.BEYOND + type)
                .map(fault -> new Expectation(
                        column + " " + fault, "coalesce(whole." + column + ".fault, '') <> '" + fault + "'"))
                .toList();
    }
}
