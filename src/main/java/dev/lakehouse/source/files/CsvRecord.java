package dev.lakehouse.source.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A record of CSV by RFC 4180: fields between commas; one with commas, quotes or line breaks stands in quotes, and a quote
 * within quotes is doubled. There is no other escape, and a quote has no other place.
 *
 * @param values the fields' texts; null for a field of no characters
 * @param isOpen whether the text ends within quotes, so that the record may go on in the next line
 * @param fault why this is no record; empty for one
 */
record CsvRecord(List<String> values, boolean isOpen, Optional<String> fault) {
    private static final String OPEN = "a quoted field is not closed";
    private static final String BACKSLASH = "a quote is escaped by a backslash, not doubled";
    private static final String AFTER = "text follows the quote that closes a field";
    private static final String WITHIN = "a quote stands in a field that is not quoted";
    private static final String BREAK = "a carriage return stands in a field that is not quoted";

    /** Reads a text from its beginning. */
    static CsvRecord of(String text) {
        return new Reader(text).read();
    }

    /** Whether an open record may be completed by lines that follow. One with {@code \"} was written by other rules. */
    static boolean maySpanLines(String text) {
        return text.indexOf('"') >= 0 && !text.contains("\\\"") && of(text).isOpen();
    }

    /** One pass over a text. */
    private static final class Reader {
        private final String text;
        private final List<String> values = new ArrayList<>();
        private int at;
        private String fault;
        private boolean isOpen;

        Reader(String text) {
            this.text = text;
        }

        CsvRecord read() {
            do {
                String value = at < text.length() && text.charAt(at) == '"' ? quoted() : plain();
                values.add(value.isEmpty() ? null : value);
            } while (at++ < text.length());
            return new CsvRecord(values, isOpen, Optional.ofNullable(fault));
        }

        /** Leaves {@code at} at the comma or the end behind the field. */
        private String quoted() {
            StringBuilder value = new StringBuilder();
            for (at++; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c != '"') {
                    value.append(c);
                } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    value.append(c);
                    at++;
                } else {
                    at++;
                    return closed(value);
                }
            }
            isOpen = true;
            fault(text.contains("\\\"") ? BACKSLASH : OPEN);
            return value.toString();
        }

        private String closed(StringBuilder value) {
            if (at < text.length() && text.charAt(at) != ',') {
                fault(text.charAt(at - 2) == '\\' ? BACKSLASH : AFTER);
                plain();
            }
            return value.toString();
        }

        private String plain() {
            int from = at;
            int end = text.indexOf(',', at);
            at = end < 0 ? text.length() : end;
            String value = text.substring(from, at);
            if (value.indexOf('"') >= 0) {
                fault(WITHIN);
            } else if (value.indexOf('\r') >= 0) {
                fault(BREAK);
            }
            return value;
        }

        private void fault(String found) {
            if (fault == null) {
                fault = found;
            }
        }
    }
}
