package dev.lakehouse.source.files;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A whole number in any notation. Tools that store whole numbers with missing values as floating-point numbers write 8
 * as {@code 8.0} and large numbers as {@code 8e9}.
 *
 * @param value the number; empty if the text is not a number of the type
 * @param fault why there is none, to be appended to the name of the field; empty if the number is valid
 */
public record WholeNumber(Optional<Long> value, Optional<String> fault) {
    public static final String NOT_WHOLE = "is not a whole number";
    public static final String BEYOND = "is beyond ";

    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[0-9]{1,400}(?:[.][0-9]{0,400})?|[.][0-9]{1,400})(?:[eE][+-]?[0-9]{1,9})?");
    private static final int MOST_DIGITS = 19;

    /** The type of the column that a number is for. */
    public enum Type {
        INT(Integer.MIN_VALUE, Integer.MAX_VALUE),
        BIGINT(Long.MIN_VALUE, Long.MAX_VALUE);

        private final BigDecimal least;
        private final BigDecimal most;

        Type(long least, long most) {
            this.least = BigDecimal.valueOf(least);
            this.most = BigDecimal.valueOf(most);
        }
    }

    /** Reads a text. Blanks around the number are ignored; only ASCII digits are digits. */
    public static WholeNumber of(String text, Type type) {
        String number = text.strip();
        return NUMBER.matcher(number).matches() ? of(new BigDecimal(number), type) : faulty(NOT_WHOLE);
    }

    /** Converts a number with an exponent of any size. */
    public static WholeNumber of(BigDecimal number, Type type) {
        if (number.signum() == 0) {
            return new WholeNumber(Optional.of(0L), Optional.empty());
        }
        // The number of digits before the point. A comparison would first write out all digits of a larger number.
        long digits = (long) number.precision() - number.scale();
        if (digits < 1 || number.stripTrailingZeros().scale() > 0) {
            return faulty(NOT_WHOLE);
        }
        if (digits > MOST_DIGITS || number.compareTo(type.least) < 0 || number.compareTo(type.most) > 0) {
            return faulty(BEYOND + type);
        }
        return new WholeNumber(Optional.of(number.longValueExact()), Optional.empty());
    }

    private static WholeNumber faulty(String fault) {
        return new WholeNumber(Optional.empty(), Optional.of(fault));
    }
}
