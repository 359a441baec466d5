package dev.lakehouse.votes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.votes.IdRanges.Range;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IdRangesTest {
    @Test
    void rangesThatTouchBecomeOne() {
        assertThat(IdRanges.of(List.of(new Range(50, 60), new Range(1, 10), new Range(10, 20), new Range(55, 57)))
                        .ranges())
                .containsExactly(new Range(1, 20), new Range(50, 60));
    }

    @Test
    void ofTooManyTheNarrowestGapsAreClosed() {
        List<Range> many = LongStream.range(0, 40)
                .mapToObj(i -> new Range(i * 1_000 + (i % 2 == 0 ? 0 : -900), i * 1_000 + 50))
                .toList();

        List<Range> few = IdRanges.of(many).ranges();

        assertThat(few).hasSizeLessThanOrEqualTo(32);
        assertThat(many).allSatisfy(range -> assertThat(few)
                .anyMatch(wide -> wide.from() <= range.from() && range.to() <= wide.to()));
        assertThat(few).contains(new Range(38_000, 38_050));
    }
}
