package dev.lakehouse.source.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    @Test
    void valuesArePassedOnAsTheyAreWritten() {
        JsonObject read = StrictJson.read("""
                {"a":" x ","b":7.00,"c":153.29999999999998,"d":12345678901234567890,"e":null,"f":true,"g":[1.10,{"h":"\\u00e9"}]}""");

        assertThat(read.faults()).isEmpty();
        assertThat(read.texts())
                .containsEntry("a", " x ")
                .containsEntry("b", "7.00")
                .containsEntry("c", "153.29999999999998")
                .containsEntry("d", "12345678901234567890")
                .containsEntry("e", null)
                .containsEntry("f", "true")
                .containsEntry("g", "[1.10,{\"h\":\"é\"}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "no json",
                "[]",
                "[{}]",
                "7",
                "null",
                "{\"a\":1",
                "{\"a\":1}}",
                "{\"a\":1} {\"a\":2}",
                "{'a':1}",
                "{a:1}",
                "{\"a\":1,}",
                "{\"a\":01}",
                "{\"a\":\"\u0001\"}",
                "{\"a\":1}]",
                "{\"a\":/**/1}",
                "{\"a\":\"\\x\"}"
            })
    void whatIsNotOneObjectHasThatFaultAlone(String text) {
        assertThat(StrictJson.read(text).faults()).containsExactly(StrictJson.NOT_AN_OBJECT);
        assertThat(StrictJson.read(text).texts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"a\":1,\"b\":2,\"a\":1}; a is there twice",
                "{\"a\":1,\"\\u0061\":1}; a is there twice",
                "{\"a\":[{\"b\":{\"c\":1,\"c\":1}}]}; a[].b.c is there twice",
                "{\"a\":\"\\uD800\"}; a holds a lone surrogate",
                "{\"a\":[\"\\uDC00\\uD800\"]}; a[] holds a lone surrogate",
                "{\"a\":{\"\\uD800\":1}}; a.\uFFFD has a lone surrogate in its name",
                "{\"a\":NaN}; a is not a number",
                "{\"a\":{\"b\":-Infinity}}; a.b is not a number",
                "{\"a\":1e12345678901}; a is a number beyond any type",
            })
    void aFaultNamesItsField(String text, String fault) {
        assertThat(StrictJson.read(text).faults()).containsExactly(fault);
    }

    @Test
    void aRawLoneSurrogateIsFoundAndAPairIsACharacter() {
        assertThat(StrictJson.read("{\"a\":\"x\uD800y\"}").faults()).containsExactly("a holds a lone surrogate");
        assertThat(StrictJson.read("{\"a\":\"\\uD83D\\uDE00\"}").texts()).containsEntry("a", "\uD83D\uDE00");
    }

    @Test
    void onlyTheNamedFieldMayBeNaN() {
        assertThat(StrictJson.read("{\"a\":NaN}", Set.of("a")).faults()).isEmpty();
        assertThat(StrictJson.read("{\"a\":Infinity}", Set.of("a")).faults()).containsExactly("a is not a number");
        assertThat(StrictJson.read("{\"b\":{\"a\":NaN}}", Set.of("a")).faults()).containsExactly("b.a is not a number");
    }

    @Test
    void whatWouldExhaustAReaderIsRefusedAndALongTextIsNot() {
        assertThat(StrictJson.read("{\"a\":" + "[".repeat(100_000)).faults())
                .singleElement()
                .asString()
                .contains("levels deep");
        assertThat(StrictJson.read("{\"a\":" + "9".repeat(5_000) + "}").faults())
                .singleElement()
                .asString()
                .contains("digits");
        assertThat(StrictJson.read("{\"a\":\"" + "x".repeat(30_000_000) + "\"}").faults())
                .isEmpty();
    }
}
