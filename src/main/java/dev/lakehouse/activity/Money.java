package dev.lakehouse.activity;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount of money as DECIMAL(18, 2) has it.
 *
 * @param wasRounded whether it had more than two decimals
 */
record Money(BigDecimal amount, boolean wasRounded) {
    private static final int DECIMALS = 2;
    private static final int DIGITS = 18;

    /**
     * An exact number to the cent, half a cent away from zero; null where it has too many digits before the point. The
     * source computes in floating point, so that decimals beyond the second are its noise and no reason to lose a row.
     */
    static Money of(BigDecimal exact) {
        if (magnitude(exact) > DIGITS - DECIMALS) {
            return null;
        }
        // 1E-999999999 would be written out before it is rounded.
        BigDecimal amount = magnitude(exact) < -DECIMALS
                ? BigDecimal.ZERO.setScale(DECIMALS)
                : exact.setScale(DECIMALS, RoundingMode.HALF_UP);
        return amount.precision() > DIGITS ? null : new Money(amount, amount.compareTo(exact) != 0);
    }

    /** How many digits stand before the decimal point; negative: how many zeros follow it. Of zero: 0. */
    static long magnitude(BigDecimal number) {
        return number.signum() == 0 ? 0 : (long) number.precision() - number.scale();
    }
}
