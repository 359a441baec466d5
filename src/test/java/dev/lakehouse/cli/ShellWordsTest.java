package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import org.junit.jupiter.api.Test;

class ShellWordsTest {
    @Test
    void wordsAreReadAsShReadsThem() {
        assertThat(ShellWords.of("  run members\t--rows 10 # all")).containsExactly("run", "members", "--rows", "10");
        assertThat(ShellWords.of("sql \"SELECT 'a\\\\b', \\\"c\\\"\"")).containsExactly("sql", "SELECT 'a\\b', \"c\"");
        assertThat(ShellWords.of("sql 'SELECT \"a\\b\" AS `x`, ${y} !!'"))
                .containsExactly("sql", "SELECT \"a\\b\" AS `x`, ${y} !!");
        assertThat(ShellWords.of("--set x=\"a b\" --input 'my 'file.csv"))
                .containsExactly("--set", "x=a b", "--input", "my file.csv");
        assertThat(ShellWords.of("a\\ b c#d \\# '' \"\" \\")).containsExactly("a b", "c#d", "#", "", "", "\\");
        assertThat(ShellWords.of(" # a comment 'open")).isEmpty();
        assertThat(ShellWords.of("")).isEmpty();
    }

    @Test
    void aQuotationThatIsNotClosedIsRefused() {
        assertThatThrownBy(() -> ShellWords.of("sql \"SELECT 1"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("A quotation mark is not closed: sql \"SELECT 1");
    }
}
