package dev.lakehouse.source.mysql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How a value arrives from MySQL in the text protocol, and how its text form ({@link TypeMapping}) is made of these bytes.
 * Both are ASCII, except those of {@link #TEXT}, which are UTF-8.
 */
enum WireForm {
    /** Digits; the padding of ZEROFILL and the sign of a negative zero are removed. */
    NUMBER {
        @Override
        byte[] canonical(byte[] wire) {
            boolean negative = wire[0] == '-';
            int digits = negative ? 1 : 0;
            while (digits < wire.length - 1 && wire[digits] == '0' && wire[digits + 1] != '.') {
                digits++;
            }
            boolean sign = negative && !isZero(wire, digits);
            int from = sign ? digits - 1 : digits;
            if (from == 0) {
                return wire;
            }
            byte[] number = Arrays.copyOfRange(wire, from, wire.length);
            if (sign) {
                number[0] = '-';
            }
            return number;
        }
    },
    /** As it is. */
    DATE {
        @Override
        byte[] canonical(byte[] wire) {
            return wire;
        }
    },
    /** With as many decimals as the column has; the text form has six. */
    TIME {
        @Override
        byte[] canonical(byte[] wire) {
            if (wire.length == TIME_LENGTH) {
                return wire;
            }
            byte[] time = Arrays.copyOf(wire, TIME_LENGTH);
            Arrays.fill(time, wire.length, TIME_LENGTH, (byte) '0');
            time[SECONDS_END] = '.';
            return time;
        }
    },
    /** Bytes that are not UTF-8 become replacement characters, so that the proof finds the row. */
    TEXT {
        @Override
        byte[] canonical(byte[] wire) {
            for (byte b : wire) {
                if (b < 0) {
                    return new String(wire, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
                }
            }
            return wire;
        }
    };

    private static final int TIME_LENGTH = "2025-01-31 06:00:00.000000".length();
    private static final int SECONDS_END = "2025-01-31 06:00:00".length();

    /**
     * The text form of a value.
     *
     * @param wire what MySQL sent; not changed, but may be returned
     */
    abstract byte[] canonical(byte[] wire);

    private static boolean isZero(byte[] number, int from) {
        for (int i = from; i < number.length; i++) {
            if (number[i] != '0' && number[i] != '.') {
                return false;
            }
        }
        return true;
    }
}
