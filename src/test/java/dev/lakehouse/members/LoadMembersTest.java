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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Members from MySQL to Delta: their tables, quarantine and stale rows, and stops at every step. */
class LoadMembersTest {
    private static final String[] EXTRACT = {
        "--partition=registration_year=year(registration_date)", "--sort=registration_date"
    };
    private static final String BAD =
            "SELECT member_id, array_join(array_sort(_reasons), ', ') FROM members.members_quarantine ORDER BY member_id";

    private final TestLakehouse lakehouse = TestLakehouse.fresh();
    private String broken;

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
    void rowsThatBreakAnExpectationAreQuarantinedWithAllTheirReasons() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        lakehouse.mysql(
                "UPDATE members SET member_id = ' ' WHERE member_id = 'm01'",
                "UPDATE members SET email = 'a@b@c' WHERE member_id = 'm02'",
                "UPDATE members SET email = '@host' WHERE member_id = 'm03'",
                "UPDATE members SET email = 'nobody', first_name = ' ', last_name = '' WHERE member_id = 'm04'",
                "UPDATE members SET registration_date = NULL WHERE member_id = 'm05'",
                "UPDATE members SET registration_date = '" + today.plusDays(3) + "' WHERE member_id = 'm06'",
                // It may be tomorrow already where the member registered.
                "UPDATE members SET registration_date = '" + today.plusDays(1) + "' WHERE member_id = 'm07'");

        assertThat(extractAndLoad())
                .contains("4 inserted")
                .contains("6 rows in members.members_quarantine")
                .contains("accepted + stale: 4 rows + 0");
        assertThat(lakehouse.query(BAD))
                .containsExactly(
                        "|no id",
                        "m02|e-mail is not name@host",
                        "m03|e-mail is not name@host",
                        "m04|e-mail is not name@host, first name is empty, last name is empty",
                        "m05|registration date is missing",
                        "m06|registration date is after the extract");
        assertThat(lakehouse.ledger("rows_read, rows_written, rows_quarantined", "task = 'LoadMembers'"))
                .containsExactly("10|4|6");
    }

    @Test
    void aMemberInQuarantineStaysAtItsLastGoodState() {
        extractAndLoad();
        assertThat(lakehouse.query("SHOW TBLPROPERTIES members.members"))
                .as("made by its DDL")
                .contains("delta.enableDeletionVectors|true")
                .anyMatch(property -> property.startsWith("delta.constraints.email_has_one_at|"));
        String before = lakehouse
                .query("SELECT * FROM members.members WHERE member_id = 'm02'")
                .get(0);
        lakehouse.mysql("UPDATE members SET email = 'broken' WHERE member_id = 'm02'");

        assertThat(extractAndLoad())
                .contains("0 inserted, 0 updated, 0 deleted")
                .contains("accepted + stale: 9 rows + 1");
        assertThat(lakehouse.query("SELECT * FROM members.members WHERE member_id = 'm02'"))
                .containsExactly(before);
        assertThat(lakehouse.ledger("rows_stale", "task = 'LoadMembers' AND extract = 2"))
                .containsExactly("1");

        long version = lakehouse.version("members.members_quarantine");
        extractAndLoad();
        assertThat(lakehouse.version("members.members_quarantine"))
                .as("what was quarantined before is not written again")
                .isEqualTo(version);

        lakehouse.mysql("UPDATE members SET email = 'whole@again' WHERE member_id = 'm02'");
        assertThat(extractAndLoad())
                .contains("0 inserted, 1 updated, 0 deleted")
                .contains("10 rows + 0");
        assertThat(lakehouse.query(BAD)).isEmpty();
    }

    @Test
    void aMemberThatIsGoneFromTheSourceIsGoneFromQuarantineAndTable() {
        lakehouse.mysql("UPDATE members SET email = 'broken' WHERE member_id = 'm02'");
        extractAndLoad();
        lakehouse.mysql("DELETE FROM members WHERE member_id IN ('m02', 'm03')");

        assertThat(extractAndLoad()).contains("0 inserted, 0 updated, 1 deleted");
        assertThat(lakehouse.query(BAD)).isEmpty();
        assertThat(lakehouse.query("SELECT count(*) FROM members.members")).containsExactly("8");
    }

    @Test
    void aStopAtAnyPointFollowedByAPlainRunLeavesTheSameTablesAsNoStop() {
        extractAndLoad();
        change("first");
        breakFirstMember("first");
        for (String point : List.of("extract.claimed", "extract.written", "extract.proven", "extract.published")) {
            stopAt(point);
        }
        assertWhole("first");
        for (String point : List.of("load.verified", "load.quarantined", "load.committed")) {
            change(point);
            if (point.equals("load.quarantined")) {
                breakFirstMember(point);
            }
            stopAt(point);
            assertWhole(point);
        }
        assertThat(lakehouse.ledger("outcome", "outcome = 'failed'")).hasSize(7);
        long version = lakehouse.version("members.members");
        extractAndLoad();
        assertThat(lakehouse.version("members.members")).isEqualTo(version);
    }

    private void breakFirstMember(String name) {
        broken = "broken in " + name;
        lakehouse.mysql("UPDATE members SET email = '" + broken + "' WHERE member_id = 'm01'");
    }

    /** One row updated, one new in place of the one that was new before. */
    private void change(String name) {
        lakehouse.mysql(
                "UPDATE members SET city = '" + name + "' WHERE member_id = 'm02'",
                "DELETE FROM members WHERE member_id LIKE 'new%'",
                "INSERT INTO members SELECT 'new " + name
                        + "', first_name, last_name, email, phone_number, address, city,"
                        + " country, registration_date FROM members WHERE member_id = 'm04'");
    }

    private void stopAt(String point) {
        FailPoint.once(point, () -> {
            throw new IllegalStateException("stopped at " + point);
        });
        assertThatThrownBy(this::extractAndLoad).hasMessage("stopped at " + point);
    }

    private void assertWhole(String name) {
        extractAndLoad();
        assertThat(lakehouse.query("SELECT member_id FROM members.members ORDER BY member_id"))
                .as(name)
                .containsExactly("m01", "m02", "m03", "m04", "m05", "m06", "m07", "m08", "m09", "m10", "new " + name);
        assertThat(lakehouse.query("SELECT city FROM members.members WHERE member_id = 'm02'"))
                .as(name)
                .containsExactly(name);
        assertThat(lakehouse.query("SELECT member_id, email, _reasons FROM members.members_quarantine"))
                .as(name)
                .containsExactly("m01|" + broken + "|ArraySeq(e-mail is not name@host)");
    }
}
