package dev.lakehouse.sample.orders;

/** How a text stands in a CSV file. */
final class CsvText {
    private CsvText() {}

    static String field(String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
