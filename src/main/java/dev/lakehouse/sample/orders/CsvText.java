package dev.lakehouse.sample.orders;

/** Quotes texts for CSV files. */
final class CsvText {
    private CsvText() {}

    static String field(String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
