package dev.lakehouse.activity;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount of money that fits DECIMAL(18, 2).
 *
 * @param wasRounded whether it had more than two decimals
 */
record Money(BigDecimal amount, boolean wasRounded) {
    private static final int DECIMALS = 2;
    private static final int DIGITS = 18;

    /**
     * A number rounded to the cent, half a cent away from zero; null if it has too many digits before the point. The source computes in
     * floating point, so further decimals are rounding errors and no reason to reject a row.
     */
    static Money of(BigDecimal exact) {
        if (magnitude(exact) > DIGITS - DECIMALS) {
            return null;
        }
        // Rounding would first write out all digits of 1E-999999999.
        BigDecimal amount = magnitude(exact) < -DECIMALS
                ? BigDecimal.ZERO.setScale(DECIMALS)
                : exact.setScale(DECIMALS, RoundingMode.HALF_UP);
        return amount.precision() > DIGITS ? null : new Money(amount, amount.compareTo(exact) != 0);
    }

    /** The number of digits before the decimal point. If negative, the number of zeros after it. 0 for zero. */
    static long magnitude(BigDecimal number) {
        return number.signum() == 0 ? 0 : (long) number.precision() - number.scale();
    }
}
