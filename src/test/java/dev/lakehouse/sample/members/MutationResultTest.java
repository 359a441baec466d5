package dev.lakehouse.sample.members;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MutationResultTest {
    @ParameterizedTest
    @CsvSource({"5%, 1000, 30, 10, 10", "5%, 20, 1, 1, 1", "0.01%, 20, 1, 1, 1", "100%, 10, 6, 2, 2", "5%, 1, 1, 0, 1"})
    void aChangeIsMostlyUpdatesAndHasSomeOfEachKind(
            String share, long rows, long updated, long deleted, long inserted) {
        assertThat(MutationResult.of(Percentage.parse(share), rows))
                .isEqualTo(new MutationResult(updated, deleted, inserted));
    }
}
