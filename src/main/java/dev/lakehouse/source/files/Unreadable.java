package dev.lakehouse.source.files;

import dev.lakehouse.Percentage;
import dev.lakehouse.UserError;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Counts the values of a numeric column that cannot be read. A few are typing errors. Many mean that the column has
 * another format; without these values the result would be wrong, but no error would show it.
 *
 * @param column its name
 * @param input the name of the input, for messages
 * @param given number of values that are not missing
 * @param unreadable number of these values that are not numbers
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
        // Rounded up, because the share is accepted as it is printed.
        String share = hundredfold.divide(BigDecimal.valueOf(given), 1, RoundingMode.UP) + "%";
        throw new UserError(
                String.format(
                        Locale.ROOT,
                        "%,d of %,d values of %s in %s cannot be read as numbers.",
                        unreadable,
                        given,
                        column,
                        input),
                "That is " + share + "; at most " + most + " are accepted. The column may have another format.",
                "Correct the files and run the task again, or accept the share with --set " + parameter + "=" + share
                        + ". Nothing was changed.");
    }
}
