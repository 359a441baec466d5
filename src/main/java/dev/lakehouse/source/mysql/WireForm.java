package dev.lakehouse.source.mysql;

import java.nio.charset.StandardCharsets;
import java.time.Month;
import java.time.Year;
import java.util.Arrays;

/**
 * How a value arrives from MySQL in the text protocol, and how its text form ({@link TypeMapping}) is made of these bytes.
 * Both are ASCII, except those of {@link #TEXT}, which are UTF-8, of {@link #GEOMETRY}, and of binary types.
 */
enum WireForm {
    /** As it is. */
    SAME,
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
    /** A TIME such as {@code -838:59:59.5} becomes its microseconds. */
    DURATION {
        @Override
        byte[] canonical(byte[] wire) {
            boolean negative = wire[0] == '-';
            long micros = 0;
            long part = 0;
            int i = negative ? 1 : 0;
            for (; i < wire.length && wire[i] != '.'; i++) {
                if (wire[i] == ':') {
                    micros = (micros + part) * 60;
                    part = 0;
                } else {
                    part = part * 10 + (wire[i] - '0');
                }
            }
            micros += part;
            for (int decimal = i + 1; decimal <= i + 6; decimal++) {
                micros = micros * 10 + (decimal < wire.length ? wire[decimal] - '0' : 0);
            }
            return Long.toString(negative ? -micros : micros).getBytes(StandardCharsets.US_ASCII);
        }
    },
    /** The SRID and WKB become EWKB. */
    GEOMETRY {
        @Override
        byte[] canonical(byte[] wire) {
            byte[] ewkb = new byte[wire.length];
            System.arraycopy(wire, SRID, ewkb, 0, WKB_HEAD);
            ewkb[WKB_HEAD - 1] |= HAS_SRID;
            System.arraycopy(wire, 0, ewkb, WKB_HEAD, SRID);
            System.arraycopy(wire, SRID + WKB_HEAD, ewkb, SRID + WKB_HEAD, wire.length - SRID - WKB_HEAD);
            return ewkb;
        }
    },
    /** A date as it is; null for one that is not in the calendar. */
    DATE_OR_NULL {
        @Override
        byte[] canonical(byte[] wire) {
            return isOnTheCalendar(wire) ? wire : null;
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
    /** The same; null for a time whose date is not in the calendar. */
    TIME_OR_NULL {
        @Override
        byte[] canonical(byte[] wire) {
            return isOnTheCalendar(wire) ? TIME.canonical(wire) : null;
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

    private static final int SRID = Integer.BYTES;

    /** The byte order and the type, whose last byte is its highest one. */
    private static final int WKB_HEAD = 1 + Integer.BYTES;

    private static final byte HAS_SRID = 0x20;
    private static final int TIME_LENGTH = "2025-01-31 06:00:00.000000".length();
    private static final int SECONDS_END = "2025-01-31 06:00:00".length();

    /**
     * The text form of a value.
     *
     * @param wire what MySQL sent; not changed, but may be returned
     * @return null for a value that is copied as NULL
     */
    byte[] canonical(byte[] wire) {
        return wire;
    }

    /** The rules of MySQL, in which year 0 is no leap year. */
    private static boolean isOnTheCalendar(byte[] date) {
        int year = digits(date, 0, 4);
        int month = digits(date, 5, 7);
        int day = digits(date, 8, 10);
        return month >= 1 && month <= 12 && day >= 1 && day <= Month.of(month).length(year > 0 && Year.isLeap(year));
    }

    private static int digits(byte[] text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + (text[i] - '0');
        }
        return value;
    }

    private static boolean isZero(byte[] number, int from) {
        for (int i = from; i < number.length; i++) {
            if (number[i] != '0' && number[i] != '.') {
                return false;
            }
        }
        return true;
    }
}
