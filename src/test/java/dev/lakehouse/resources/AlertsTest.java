package dev.lakehouse.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.testing.TestLakehouse;
import dev.lakehouse.workflow.WrittenResources;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each alert's query on a ledger that gives reason to fire, and on one that does not. */
class AlertsTest {
    private static final String FAILED = "Lakehouse failed task";
    private static final String QUARANTINE = "Lakehouse quarantine jump";
    private static final String DIFFERENCE = "Lakehouse reconciliation difference";
    private static final String STALE = "Lakehouse stale table";
    private static final long DAY = 24 * 60;
    private static final TestLakehouse LAKEHOUSE = TestLakehouse.fresh();

    private final Map<String, Alert> alerts = Alert.of("prod");
    private final OwnLedger ledger = OwnLedger.in(LAKEHOUSE);

    @ParameterizedTest
    @ValueSource(strings = {FAILED, QUARANTINE, DIFFERENCE, STALE})
    void anEmptyLedgerIsNoReason(String alert) {
        assertIsNoReason(alert);
    }

    /** With the catalogue's name, as the deployed query has it. */
    @ParameterizedTest
    @ValueSource(strings = {FAILED, QUARANTINE, DIFFERENCE, STALE})
    void theQueryReadsTheLedgerItself(String alert) {
        String query = alerts.get(alert).queryText();

        assertThat(query).contains("`prod`.ops.task_runs").doesNotContain("${");
        assertThat(TestLakehouse.session()
                        .sql(query.replace("`prod`", "`spark_catalog`"))
                        .columns())
                .contains(alerts.get(alert).evaluation().source().name());
    }

    @Test
    void everyAlertIsTriedHere() {
        assertThat(alerts).containsOnlyKeys(FAILED, QUARANTINE, DIFFERENCE, STALE);
    }

    @Test
    void aFailureThatNothingMadeGoodFires() {
        ledger.add("LoadMembers", "members.members", "failed", 70, Map.of("message", "'The source is gone.'"))
                .add("LoadMembers", "members.members", "failed", 60, Map.of("message", "'There is no extract.'"))
                .add("LoadTable", "lake.other", "succeeded", 5);

        List<Row> result = assertFires(FAILED);
        assertThat(findings(result)).containsExactly("LoadMembers of members.members: There is no extract.");
        assertThat(result.get(0).<Long>getAs("failures")).isEqualTo(2);
        assertThat(result.get(0).<String>getAs("run_id")).isEqualTo("run 60");
    }

    @Test
    void aFailureBeforeTheTableWasKnownFires() {
        ledger.add("ApplySchemas", null, "failed", 60, Map.of("message", "'There is no schema.'"));

        assertThat(findings(assertFires(FAILED))).containsExactly("ApplySchemas: There is no schema.");
    }

    @Test
    void aFailureWithoutAMessageFires() {
        ledger.add("ApplySchemas", null, "failed", 60);

        assertFires(FAILED);
    }

    @Test
    void aFailureThatALaterRunMadeGoodIsNoReason() {
        ledger.add("LoadMembers", "members.members", "failed", 60)
                .add("LoadMembers", "members.members", "succeeded", 50)
                .add("ReconcileTable", "members.members", "failed", 60)
                .add("ReconcileTable", "members.members", "differs", 50)
                // Before its table was known, and after.
                .add("LoadInvoices", null, "failed", 60)
                .add("LoadInvoices", "invoices.fact_invoice", "succeeded", 50)
                // Long ago.
                .add("IngestVotes", "blog_analysis.votes", "failed", 8 * DAY);

        assertIsNoReason(FAILED);
    }

    @Test
    void anEarlierSuccessOrOneOfAnotherTableMakesNothingGood() {
        ledger.add("LoadTable", "lake.a", "succeeded", 70)
                .add("LoadTable", "lake.a", "failed", 60)
                .add("LoadTable", "lake.b", "succeeded", 50)
                .add("LoadTable", "lake.a", "superseded", 40);

        assertFires(FAILED);
    }

    @Test
    void aLoadThatQuarantinesManyMoreThanUsualFires() {
        quarantined(30, 3 * DAY, 4).quarantined(30, 2 * DAY, 6).quarantined(30, 60, 11);

        assertThat(findings(assertFires(QUARANTINE))).containsExactly("lake.a30: 11 rows quarantined, usually 5.0");
    }

    @Test
    void asManyAsUsualOrFewOrTheFirstOrOneOfLongAgoIsNoReason() {
        quarantined(1, 2 * DAY, 500).quarantined(1, 60, 1000); // not more than twice as many
        quarantined(2, 2 * DAY, 0).quarantined(2, 60, 9); // few
        quarantined(3, 60, 5000); // nothing to compare with
        quarantined(4, 3 * DAY, 0).quarantined(4, 2 * DAY, 5000); // its day is over
        ledger.add("LoadMembers", "lake.a1", "failed", 50, Map.of("rows_quarantined", "9000"));

        assertIsNoReason(QUARANTINE);
    }

    private AlertsTest quarantined(int table, long minutesAgo, long rows) {
        ledger.add("LoadTable", "lake.a" + table, "succeeded", minutesAgo, Map.of("rows_quarantined", "" + rows));
        return this;
    }

    @Test
    void aTableThatDiffersAtItsNewestComparisonFires() {
        ledger.add("ReconcileTable", "members.members", "succeeded", 2 * DAY)
                .add("ReconcileTable", "members.members", "differs", DAY)
                .add("ReconcileTable", "members.members", "failed", 60);

        assertThat(findings(assertFires(DIFFERENCE))).containsExactly("members.members: source and table differ");
    }

    @Test
    void aTableThatIsEqualAgainIsNoReason() {
        ledger.add("ReconcileTable", "members.members", "differs", DAY)
                .add("ReconcileTable", "members.members", "succeeded", 60);

        assertIsNoReason(DIFFERENCE);
    }

    @Test
    void aTableThatWasNotLoadedInTimeFires() {
        loaded("members.members", 27 * 60);
        loaded("orders.orders", 3 * 60 + 5);
        // None of these loads it.
        ledger.add("ReconcileTable", "members.members", "succeeded", 60, Map.of("rows_read", "5"))
                .add("TidyTable", "members.members", "succeeded", 60)
                .add("LoadMembers", "members.members", "succeeded", 60) // there was no extract
                .add("LoadMembers", "members.members", "failed", 60, Map.of("rows_read", "5"));

        assertThat(findings(assertFires(STALE)))
                .satisfiesExactly(
                        members -> assertThat(members)
                                .matches("members\\.members: last loaded at .* UTC, expected within 26 hours"),
                        orders -> assertThat(orders).startsWith("orders.orders: "));
    }

    @Test
    void aTableThatWasLoadedInTimeOrStartsByHandIsNoReason() {
        loaded("members.members", 25 * 60);
        loaded("orders.orders", 2 * 60);
        loaded("blog_analysis.votes", 90 * DAY);

        assertIsNoReason(STALE);
    }

    private void loaded(String table, long minutesAgo) {
        ledger.add("Load", table, "succeeded", minutesAgo, Map.of("rows_read", "0"));
    }

    /** A workflow that starts by itself and is not expected to load anything could stop without a word. */
    @Test
    void everyProductWhoseWorkflowStartsByItselfIsExpectedToBeLoaded() {
        Set<String> products = WrittenResources.jobs("prod").values().stream()
                .map(job -> (Map<?, ?>) job)
                .filter(job -> job.containsKey("schedule") || job.containsKey("trigger"))
                .map(job -> String.valueOf(((Map<?, ?>) job.get("tags")).get("product")))
                .collect(Collectors.toSet());
        Set<String> expected = Pattern.compile("\\('(\\w+)\\.\\w+', \\d+\\)")
                .matcher(alerts.get(STALE).queryText())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());

        assertThat(products).isNotEmpty();
        assertThat(expected).isEqualTo(products);
    }

    private void assertIsNoReason(String alert) {
        List<Row> result = result(alert);
        assertThat(findings(result)).isEmpty();
        assertThat(alerts.get(alert).state(result)).isEqualTo("OK");
    }

    private List<Row> assertFires(String alert) {
        List<Row> result = result(alert);
        assertThat(alerts.get(alert).state(result)).isEqualTo("TRIGGERED");
        return result;
    }

    private List<Row> result(String alert) {
        return ledger.run(alerts.get(alert).queryText()).collectAsList();
    }

    private static List<String> findings(List<Row> result) {
        return result.stream().map(row -> row.<String>getAs("finding")).toList();
    }
}
