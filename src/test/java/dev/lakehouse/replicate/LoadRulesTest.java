package dev.lakehouse.replicate;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.extract.ExtractRejectedException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadRulesTest {
    @ParameterizedTest
    @CsvSource({
        "20, 20, 4, 0",
        "20, 15, 3, 0",
        "20, 20, 5, 5",
        "20, 20, 5, 6",
        "0, 20, 0, 0",
        "20, 0, 0, 0",
        "20, 100, 20, 0"
    })
    void anExtractMayDeleteItsShareOrWhatIsAccepted(long before, int percent, long deleted, long accepted) {
        assertThatCode(() -> check(before, percent, deleted, accepted)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"20, 20, 5, 0", "20, 15, 4, 0", "20, 20, 5, 4", "20, 0, 1, 0"})
    void oneMoreIsRefusedWithTheNumberThatWouldAcceptIt(long before, int percent, long deleted, long accepted) {
        assertThatThrownBy(() -> check(before, percent, deleted, accepted))
                .isInstanceOf(ExtractRejectedException.class)
                .cause()
                .isInstanceOf(UserError.class)
                .hasMessageContaining("would delete " + deleted + " of the " + before + " rows of lake.shop")
                .hasMessageContaining("--accept-deletes " + deleted + " (in workflows --set accept_deletes=" + deleted);
    }

    private static void check(long before, int percent, long deleted, long accepted) {
        new LoadRules(SchemaPolicy.EVOLVE, percent, accepted, new LatestDay(Optional.empty()), day -> List.of())
                .checkDeletes("lake.shop", before, deleted);
    }
}
