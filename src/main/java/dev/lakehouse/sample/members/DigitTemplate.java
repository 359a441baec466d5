package dev.lakehouse.sample.members;

import dev.lakehouse.sample.SeededRandom;

/** Templates with {@code #} for each digit, as in Datafaker. A few templates give millions of numbers. */
final class DigitTemplate {
    private static final char DIGIT = '#';

    private DigitTemplate() {}

    /** The template of a text, which keeps its first digits. */
    static String of(String text, int digitsKept) {
        StringBuilder shape = new StringBuilder(text);
        int digits = 0;
        for (int i = 0; i < shape.length(); i++) {
            if (isDigit(shape.charAt(i)) && ++digits > digitsKept) {
                shape.setCharAt(i, DIGIT);
            }
        }
        return shape.toString();
    }

    /** Fills a template. A number without fixed first digits never starts with zero. */
    static String fill(String shape, SeededRandom random) {
        char[] text = shape.toCharArray();
        for (int i = 0; i < text.length; i++) {
            if (text[i] == DIGIT) {
                boolean first = i == 0 || text[i - 1] == ' ';
                text[i] = (char) (first ? '1' + random.below(9) : '0' + random.below(10));
            }
        }
        return new String(text);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
