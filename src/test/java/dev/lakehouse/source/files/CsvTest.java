package dev.lakehouse.source.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "a,b,c|3|false|true",
                "a,,|3|false|true",
                "\"a,b\",c|2|false|true",
                "\"a \"\"b\"\", c\",d|2|false|true",
                "a,\"b|2|true|true",
                "a,\"b,c|2|true|true",
                "a,\"b\"c,d|3|false|false",
                "a \"b,c|2|false|true",
                "\"\",x|2|false|true",
            })
    void theFormOfARecord(String text, int fields, boolean isOpen, boolean isStrict) {
        assertThat(Csv.of(text)).isEqualTo(new Csv(fields, isOpen, isStrict));
    }
}
