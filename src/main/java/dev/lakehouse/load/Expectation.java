package dev.lakehouse.load;

import dev.lakehouse.source.files.WholeNumber;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a good row fulfils.
 *
 * @param reason what stands in quarantine for a row that breaks it
 * @param condition an SQL condition over the row's columns; a row is good where it is true, not where it is NULL
 */
public record Expectation(String reason, String condition) {

    /** Of a CSV column of whole numbers: what is there is one, and within its type. */
    public static List<Expectation> isWhole(String column, WholeNumber.Type type) {
        return Stream.of(WholeNumber.NOT_WHOLE, WholeNumber.BEYOND + type)
                .map(fault -> new Expectation(
                        column + " " + fault, "coalesce(whole." + column + ".fault, '') <> '" + fault + "'"))
                .toList();
    }
}
