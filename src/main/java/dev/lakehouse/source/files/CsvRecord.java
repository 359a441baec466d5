package dev.lakehouse.source.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A CSV record by RFC 4180: fields separated by commas. A field with commas, quotes or line breaks is enclosed in
 * quotes, and a quote inside it is doubled. No other escapes and no other quotes are allowed.
 *
 * @param values the fields' texts; null for an empty field
 * @param isOpen whether the text ends inside quotes, so that the record may continue on the next line
 * @param fault why the record is invalid; empty if it is valid
 */
record CsvRecord(List<String> values, boolean isOpen, Optional<String> fault) {
    private static final String OPEN = "a quoted field is not closed";
    private static final String BACKSLASH = "a quote is escaped by a backslash, not doubled";
    private static final String AFTER = "text follows the quote that closes a field";
    private static final String WITHIN = "a quote stands in a field that is not quoted";
    private static final String BREAK = "a carriage return stands in a field that is not quoted";

    /** Parses a text. */
    static CsvRecord of(String text) {
        return new Reader(text).read();
    }

    /** Whether following lines may complete an open record. A record with {@code \"} follows other rules. */
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

        /** Sets {@code at} to the comma or the end after the field. */
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
