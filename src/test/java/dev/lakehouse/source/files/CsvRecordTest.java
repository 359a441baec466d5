package dev.lakehouse.source.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvRecordTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "a,b,c|[a, b, c]",
                "a,,|[a, null, null]",
                ",|[null, null]",
                "\"a,b\",c|[a,b, c]",
                "\"a \"\"b\"\", c\",d|[a \"b\", c, d]",
                "\"\",x|[null, x]",
                "\"\"\"\"|[\"]",
                "\"C:\\\",x|[C:\\, x]",
            })
    void whatRfc4180HasIsRead(String text, String values) {
        CsvRecord record = CsvRecord.of(text);

        assertThat(record.fault()).isEmpty();
        assertThat(record.values()).hasToString(values);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "a,\"b|a quoted field is not closed|true",
                "a,\"b,c|a quoted field is not closed|true",
                "a,\"b\"c,d|text follows the quote that closes a field|false",
                "a,\"b\" ,d|text follows the quote that closes a field|false",
                "a \"b,c|a quote stands in a field that is not quoted|false",
                "a, \"b\"|a quote stands in a field that is not quoted|false",
                "\"a\\\" b\",c|a quote is escaped by a backslash, not doubled|false",
                "\"a\\\", b\",c|a quote stands in a field that is not quoted|false",
                "c,\"a\\\"\"|a quote is escaped by a backslash, not doubled|true",
            })
    void whatItHasNotIsNamed(String text, String fault, boolean isOpen) {
        CsvRecord record = CsvRecord.of(text);

        assertThat(record.fault()).contains(fault);
        assertThat(record.isOpen()).isEqualTo(isOpen);
    }
}
