package dev.lakehouse.source.files;

import dev.lakehouse.Percentage;
import dev.lakehouse.UserError;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * How many values of a column of numbers cannot be read. A few are somebody's slips; many mean that the column is written in
 * another form, and a result without them would be wrong without a word.
 *
 * @param column its name
 * @param input what its rows are called
 * @param given values that are not missing
 * @param unreadable of these, those that are no numbers
 */
public record Unreadable(String column, String input, long given, long unreadable) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /**
     * Fails if the share of unreadable values is too large.
     *
     * @param most the largest share that is accepted
     * @param parameter the job parameter that sets it
     */
    public void failAbove(Percentage most, String parameter) {
        BigDecimal hundredfold = BigDecimal.valueOf(unreadable).multiply(HUNDRED);
        if (hundredfold.compareTo(most.percent().multiply(BigDecimal.valueOf(given))) <= 0) {
            return;
        }
        String share = hundredfold.divide(BigDecimal.valueOf(given), 1, RoundingMode.HALF_UP) + "%";
        throw new UserError(
                String.format(
                        Locale.ROOT,
                        "%,d of %,d values of %s in %s cannot be read as numbers.",
                        unreadable,
                        given,
                        column,
                        input),
                "That is " + share + "; at most " + most + " are accepted. The column may be written in another form.",
                "Have the files corrected and run again, or accept more with --set " + parameter + "=" + share
                        + ". Nothing was changed.");
    }
}
