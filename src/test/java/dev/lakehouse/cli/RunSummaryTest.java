package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun;
import dev.lakehouse.ledger.TaskRun.Outcome;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.table.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunSummaryTest {
    private static final TableName GOODS = TableName.parse("shop.goods");
    private static final Totals EXTRACT =
            new Totals("goods", "ExtractTable", Outcome.SUCCEEDED, Map.of(Measure.ROWS_READ, 3L));

    @Test
    void aLoadThatIsComparedIsSummedUpInFiveLines() {
        assertThat(lines(
                        EXTRACT,
                        load(Map.of(Measure.ROWS_INSERTED, 1_200L, Measure.ROWS_UPDATED, 3L, Measure.ROWS_DELETED, 0L)),
                        reconciled(Outcome.SUCCEEDED)))
                .containsExactly(
                        "  changed     shop.goods: 1,200 inserted, 3 updated, 0 deleted",
                        "  quarantined no row",
                        "  proven      shop.goods = its source",
                        "  took        2.5 s",
                        "  next        ./lakehouse sql \"SELECT * FROM shop.goods LIMIT 10\"");
    }

    @Test
    void badRowsAreCountedAndTheirTableIsTheNextToLookAt() {
        assertThat(lines(load(Map.of(Measure.ROWS_INSERTED, 0L, Measure.ROWS_QUARANTINED, 2L))))
                .contains(
                        "  quarantined 2 rows for shop.goods",
                        "  proven      no table was compared",
                        "  next        ./lakehouse sql \"SELECT * FROM shop.goods_quarantine LIMIT 10\"");
    }

    @Test
    void whereRowsMayBeInQuarantineTheProofSaysSo() {
        String aside = "  proven      shop.goods = its source, quarantined rows aside";

        assertThat(lines(
                        load(Map.of(Measure.ROWS_INSERTED, 0L, Measure.ROWS_QUARANTINED, 2L)),
                        reconciled(Outcome.SUCCEEDED)))
                .contains(aside);
        assertThat(lines(reconciled(Outcome.SUCCEEDED))).contains(aside);
        assertThat(lines(List.of(GOODS), reconciled(Outcome.SUCCEEDED)))
                .as("without a quarantine")
                .contains("  proven      shop.goods = its source");
    }

    @Test
    void aDifferenceIsNoProof() {
        assertThat(lines(reconciled(Outcome.DIFFERS))).contains("  proven      shop.goods differs from its source");
    }

    @Test
    void whereNoTableIsLoadedThereIsNoneToLookAt() {
        assertThat(lines(EXTRACT))
                .containsExactly(
                        "  changed     no table",
                        "  quarantined no row",
                        "  proven      no table was compared",
                        "  took        2.5 s");
    }

    @Test
    void ofManyTablesSumsAreShownWithWhatDiffersByName() {
        List<Totals> totals = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            String table = "shop.t" + i;
            Map<Measure, Long> done = Map.of(Measure.ROWS_INSERTED, 1_000L, Measure.ROWS_QUARANTINED, i == 0 ? 0L : 2L);
            totals.add(new Totals(table, "LoadTable", Outcome.SUCCEEDED, done));
            totals.add(new Totals(
                    table,
                    "ReconcileTable",
                    i == 3 ? Outcome.DIFFERS : Outcome.SUCCEEDED,
                    Map.of(Measure.ROWS_READ, 6L)));
        }

        assertThat(lines(totals.toArray(Totals[]::new)))
                .startsWith(
                        "  changed     7 tables: 7,000 inserted, 0 updated, 0 deleted",
                        "  quarantined 12 rows for 6 tables",
                        "  proven      6 tables = their source, quarantined rows of 5 aside; shop.t3 differs from its source");
    }

    @Test
    void runsAreSummedUpForEachTableAndTaskWithoutThoseThatFailed() {
        Result goods = Result.none().table(GOODS);

        assertThat(Totals.of(List.of(
                        run(1, Outcome.SUCCEEDED, goods.count(Measure.ROWS_INSERTED, 2)),
                        run(0, Outcome.SUCCEEDED, goods.count(Measure.ROWS_INSERTED, 3)),
                        run(2, Outcome.FAILED, goods.count(Measure.ROWS_INSERTED, 9)),
                        run(3, Outcome.DIFFERS, goods),
                        run(4, Outcome.SUCCEEDED, Result.none()))))
                .containsExactly(
                        load(Map.of(Measure.ROWS_INSERTED, 5L)),
                        new Totals(GOODS.toString(), "LoadTable", Outcome.DIFFERS, Map.of()));
        assertThat(Totals.of(List.of())).isEmpty();
    }

    private static TaskRun run(int second, Outcome outcome, Result result) {
        return new TaskRun(
                "run",
                "LoadTable",
                Instant.EPOCH.plusSeconds(second),
                Duration.ofMillis(1),
                outcome,
                result,
                Optional.empty());
    }

    private static Totals load(Map<Measure, Long> measures) {
        return new Totals(GOODS.toString(), "LoadTable", Outcome.SUCCEEDED, measures);
    }

    private static Totals reconciled(Outcome outcome) {
        return new Totals(GOODS.toString(), "ReconcileTable", outcome, Map.of(Measure.ROWS_READ, 6L));
    }

    private static List<String> lines(Totals... totals) {
        List<TableName> tables = List.of(TableName.parse("shop2.x_quarantine"), GOODS, GOODS.with("_quarantine"));
        return lines(tables, totals);
    }

    private static List<String> lines(List<TableName> tables, Totals... totals) {
        return new RunSummary(List.of(totals), tables, table -> false).lines(Duration.ofMillis(2_500));
    }
}
