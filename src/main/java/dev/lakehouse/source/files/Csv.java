package dev.lakehouse.source.files;

/**
 * The form of a CSV record as RFC 4180 has it: fields between commas; one that begins with a quote ends with one, and may
 * hold commas, line breaks and doubled quotes.
 *
 * @param fields how many there are
 * @param isOpen whether the text ends within a quoted field, so that the record goes on in the next line
 * @param isStrict whether nothing but a comma or the end follows the quote that ends a field
 */
record Csv(int fields, boolean isOpen, boolean isStrict) {

    /** Looks at a text from its begin. */
    static Csv of(String text) {
        int fields = 1;
        boolean quoted = false;
        boolean strict = true;
        boolean atStart = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                    strict &= i + 1 == text.length() || text.charAt(i + 1) == ',';
                }
            } else if (c == ',') {
                fields++;
                atStart = true;
                continue;
            } else if (c == '"' && atStart) {
                quoted = true;
            }
            atStart = false;
        }
        return new Csv(fields, quoted, strict);
    }
}
