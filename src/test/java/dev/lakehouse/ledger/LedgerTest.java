package dev.lakehouse.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.ledger.TaskRun.Outcome;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.table.Tables;
import dev.lakehouse.testing.TestLakehouse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Ledger ledger = Ledger.in(
            TestLakehouse.session(),
            Tables.at(TestLakehouse.session(), TestLakehouse.fresh().warehouse()));
    private final String first = UUID.randomUUID().toString();
    private final String second = UUID.randomUUID().toString();

    @Test
    void runsAreSummedUpForEachTableAndTaskWithoutThoseThatFailed() {
        append(second, "Load", 1, Outcome.SUCCEEDED, goods().count(Measure.ROWS_INSERTED, 2));
        append(first, "Load", 0, Outcome.SUCCEEDED, goods().count(Measure.ROWS_INSERTED, 3));
        append(first, "Load", 2, Outcome.FAILED, goods().count(Measure.ROWS_INSERTED, 9));
        append(first, "Compare", 3, Outcome.DIFFERS, goods());
        append(first, "Apply", 4, Outcome.SUCCEEDED, Result.none());
        append(UUID.randomUUID().toString(), "Load", 5, Outcome.SUCCEEDED, goods());

        assertThat(ledger.totals(List.of(first, second)))
                .containsExactly(
                        new Totals("shop.goods", "Load", Outcome.SUCCEEDED, Map.of(Measure.ROWS_INSERTED, 5L)),
                        new Totals("shop.goods", "Compare", Outcome.DIFFERS, Map.of()));
        assertThat(ledger.totals(List.of())).isEmpty();
    }

    private static Result goods() {
        return Result.none().table("shop.goods");
    }

    private void append(String run, String task, int minute, Outcome outcome, Result result) {
        ledger.append(new TaskRun(
                run, task, NOON.plusSeconds(60L * minute), Duration.ofSeconds(1), outcome, result, Optional.empty()));
    }
}
