package dev.lakehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TextTableTest {
    @Test
    void everyColumnIsAsWideAsItsWidestCell() {
        assertThat(TextTable.lines(
                        List.of(List.of("name", "n"), List.of("a long one", "7"), List.of("", "")), Set.of()))
                .containsExactly("name        n", "a long one  7", "");
    }

    @Test
    void numbersStandAtTheRightEdge() {
        assertThat(TextTable.lines(List.of(List.of("n", "m"), List.of("1000", "1"), List.of("7", "22")), Set.of(0, 1)))
                .containsExactly("   n   m", "1000   1", "   7  22");
    }

    @Test
    void noTextIsTakenForStyleOrLayout() {
        List<String> hostile = List.of("@|bold,red text|@", "日本語 한국어 😀", "a\r\nb\u2028c", "%s ${x} \\", "\tx");

        assertThat(TextTable.lines(List.of(hostile, hostile), Set.of(1)))
                .hasSize(2)
                .allMatch("@|bold,red text|@  日本語 한국어 😀  a b c  %s ${x} \\  \tx"::equals);
    }
}
