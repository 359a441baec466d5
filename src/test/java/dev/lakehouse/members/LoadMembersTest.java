package dev.lakehouse.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.sample.members.MemberGenerator;
import dev.lakehouse.sample.members.MembersSource;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.testing.TestLakehouse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Members from MySQL to Delta: their tables, quarantine and stale rows, and stops at every step. */
class LoadMembersTest {
    private static final String[] EXTRACT = {
        "--partition=registration_year=year(registration_date)", "--sort=registration_date"
    };
    private static final String BAD =
            "SELECT member_id, array_join(array_sort(_reasons), ', ') FROM members.members_quarantine ORDER BY member_id";

    private final TestLakehouse lakehouse = TestLakehouse.landingOnS3();

    @BeforeEach
    void tenMembers() {
        MembersSource.of(lakehouse.mysql()).fill(MemberGenerator.of(1, 10, LocalDate.parse("2026-11-20")), rows -> {});
        lakehouse.mysql(
                "ALTER TABLE members MODIFY registration_date DATE NULL",
                "UPDATE members m JOIN (SELECT member_id, ROW_NUMBER() OVER (ORDER BY member_id) AS n FROM members) k"
                        + " ON k.member_id = m.member_id SET m.member_id = CONCAT('m', LPAD(k.n, 2, '0'))");
    }

    private String extractAndLoad() {
        lakehouse.extract("members", EXTRACT);
        return lakehouse.loadMembers();
    }

    @Test
    void aMemberInQuarantineIsThereWithAllReasonsStaysAtItsLastGoodStateAndComesBack() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        lakehouse.mysql(
                "UPDATE members SET email = 'nobody', first_name = ' ', last_name = '' WHERE member_id = 'm01'",
                "UPDATE members SET email = 'a@b@c' WHERE member_id = 'm02'",
                "UPDATE members SET registration_date = NULL WHERE member_id = 'm05'",
                "UPDATE members SET registration_date = '" + today.plusDays(3) + "' WHERE member_id = 'm06'",
                // It may be tomorrow already where the member registered.
                "UPDATE members SET registration_date = '" + today.plusDays(1) + "' WHERE member_id = 'm07'",
                "UPDATE members SET member_id = ' ' WHERE member_id = 'm08'");
        assertThat(extractAndLoad())
                .contains("5 inserted")
                .contains("5 rows in members.members_quarantine")
                .contains("accepted + stale: 5 rows + 0");
        assertThat(lakehouse.query(BAD))
                .containsExactly(
                        "|no id",
                        "m01|e-mail is not name@host, first name is empty, last name is empty",
                        "m02|e-mail is not name@host",
                        "m05|registration date is missing",
                        "m06|registration date is after the extract");
        assertThat(lakehouse.ledger("rows_read, rows_written, rows_quarantined", "task = 'LoadMembers'"))
                .containsExactly("10|5|5");
        assertThat(lakehouse.query("SHOW TBLPROPERTIES members.members"))
                .as("made by its DDL")
                .contains("delta.enableDeletionVectors|true")
                .anyMatch(property -> property.startsWith("delta.constraints.email_has_one_at|"));
        List<String> before = lakehouse.query("SELECT * FROM members.members WHERE member_id = 'm03'");

        lakehouse.mysql(
                "DELETE FROM members WHERE member_id IN ('m02', 'm04')",
                "UPDATE members SET email = 'broken' WHERE member_id = 'm03'");
        assertThat(extractAndLoad())
                .contains("0 inserted, 0 updated, 1 deleted")
                .contains("accepted + stale: 3 rows + 1");
        assertThat(lakehouse.query("SELECT * FROM members.members WHERE member_id = 'm03'"))
                .hasSize(1)
                .isEqualTo(before);
        assertThat(lakehouse.ledger("rows_stale", "task = 'LoadMembers' AND extract = 2"))
                .containsExactly("1");
        assertThat(lakehouse.query(BAD))
                .containsExactly(
                        "|no id",
                        "m01|e-mail is not name@host, first name is empty, last name is empty",
                        "m03|e-mail is not name@host",
                        "m05|registration date is missing",
                        "m06|registration date is after the extract");

        lakehouse.mysql(
                "UPDATE members SET email = 'whole@again', first_name = 'A', last_name = 'B' WHERE member_id IN"
                        + " ('m01', 'm03')",
                "UPDATE members SET registration_date = '" + today + "' WHERE member_id IN ('m05', 'm06')",
                "DELETE FROM members WHERE member_id = ' '");
        assertThat(extractAndLoad())
                .contains("3 inserted, 1 updated, 0 deleted")
                .contains("accepted + stale: 7 rows + 0");
        assertThat(lakehouse.query(BAD)).isEmpty();
    }

    /** Each stop begins with what the one before it has left. */
    @Tag("e2e")
    @Test
    void runsThatStoppedAnywhereAreCompletedByThePlainNextOneInOneCommit() {
        extractAndLoad();
        long version = lakehouse.version("members.members");
        lakehouse.mysql(
                "UPDATE members SET email = 'broken' WHERE member_id = 'm01'",
                "UPDATE members SET city = 'Elsewhere' WHERE member_id = 'm02'",
                "DELETE FROM members WHERE member_id = 'm03'",
                "INSERT INTO members SELECT 'new', first_name, last_name, email, phone_number, address, city,"
                        + " country, registration_date FROM members WHERE member_id = 'm04'");
        for (String point : List.of("extract.claimed", "extract.written", "extract.proven", "extract.published")) {
            stopAt(point, () -> lakehouse.extract("members", EXTRACT));
        }
        for (String point : List.of("load.verified", "load.quarantined", "load.committed")) {
            stopAt(point, lakehouse::loadMembers);
        }

        extractAndLoad();

        assertThat(lakehouse.query("SELECT member_id FROM members.members ORDER BY member_id"))
                .containsExactly("m01", "m02", "m04", "m05", "m06", "m07", "m08", "m09", "m10", "new");
        assertThat(lakehouse.query("SELECT city FROM members.members WHERE member_id = 'm02'"))
                .containsExactly("Elsewhere");
        assertThat(lakehouse.query("SELECT member_id, email, _reasons FROM members.members_quarantine"))
                .containsExactly("m01|broken|ArraySeq(e-mail is not name@host)");
        assertThat(lakehouse.ledger("outcome", "outcome = 'failed'")).hasSize(7);
        assertThat(lakehouse.version("members.members")).isEqualTo(version + 1);
        assertThat(lakehouse.query("SELECT DISTINCT _extract FROM members.members_quarantine"))
                .as("what was quarantined before is not written again")
                .containsExactly("5");
    }

    private static void stopAt(String point, ThrowingCallable run) {
        FailPoint.once(point, () -> {
            throw new IllegalStateException("stopped at " + point);
        });
        assertThatThrownBy(run).hasMessage("stopped at " + point);
    }
}
