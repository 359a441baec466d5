package dev.lakehouse;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An exact share of a table's rows, above 0 % and at most 100 %.
 *
 * @param percent above 0, at most 100
 */
public record Percentage(BigDecimal percent) {
    private static final String FORM = "\\d{1,3}(\\.\\d{1,6})?%";

    public Percentage {
        if (percent.signum() <= 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
            throw refused(percent.toPlainString() + "%");
        }
    }

    /** Reads {@code 5%} or {@code 0.5%}. Other text throws a {@link UserError}. */
    public static Percentage parse(String text) {
        if (!text.matches(FORM)) {
            throw refused(text);
        }
        return new Percentage(new BigDecimal(text.substring(0, text.length() - 1)));
    }

    /** This share of a number of rows, rounded half up. */
    public long of(long rows) {
        return percent.multiply(BigDecimal.valueOf(rows))
                .movePointLeft(2)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private static UserError refused(String text) {
        return new UserError(
                "'" + text + "' is not a percentage.",
                "A percentage is a number above 0 and at most 100, followed by a percent sign.",
                "Give, for example, 5% or 0.5%.");
    }

    /** The same text that {@link #parse} reads. */
    @Override
    public String toString() {
        return percent.toPlainString() + "%";
    }
}
