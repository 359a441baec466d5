package dev.lakehouse.sample.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.Percentage;
import dev.lakehouse.UserError;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.testing.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MemberMutatorTest {
    private static final LocalDate AS_OF = LocalDate.of(2026, 11, 20);
    private static final Percentage FIVE = Percentage.parse("5%");

    @Test
    void theCountsAreTheDifferencesInTheTable() {
        MySqlServer server = filled(10_000);
        Map<String, Member> before = SourceRows.read(server);

        MutationResult changed = change(server, FIVE);

        assertThat(changed).isEqualTo(new MutationResult(300, 100, 100));
        assertThat(difference(before, SourceRows.read(server))).isEqualTo(changed);
    }

    @Test
    void theSameTableAndSeedGiveTheSameChange() {
        MySqlServer one = filled(3_000);
        MySqlServer other = filled(3_000);

        change(one, FIVE);
        change(other, FIVE);

        assertThat(SourceRows.read(one)).isEqualTo(SourceRows.read(other));
    }

    @Test
    void anotherSeedGivesAnotherChange() {
        MySqlServer one = filled(1_000);
        MySqlServer other = filled(1_000);

        change(one, FIVE);
        MembersSource.of(other).change(FIVE, 124, AS_OF, rows -> {});

        assertThat(SourceRows.read(one).keySet())
                .isNotEqualTo(SourceRows.read(other).keySet());
    }

    @Test
    void aSecondChangeIsANewOne() {
        MySqlServer server = filled(2_000);
        Map<String, Member> first = SourceRows.read(server);
        change(server, FIVE);
        Map<String, Member> second = SourceRows.read(server);

        assertThat(change(server, FIVE)).isEqualTo(new MutationResult(60, 20, 20));

        Map<String, Member> third = SourceRows.read(server);
        assertThat(difference(second, third)).isEqualTo(new MutationResult(60, 20, 20));
        assertThat(updated(second, third)).isNotEqualTo(updated(first, second));
    }

    @Test
    void everythingMayChangeAtOnceAndRowsStayGood() {
        MySqlServer server = filled(2_500);
        Map<String, Member> before = SourceRows.read(server);

        MutationResult changed = change(server, Percentage.parse("100%"));

        Map<String, Member> after = SourceRows.read(server);
        assertThat(changed).isEqualTo(new MutationResult(1_500, 500, 500));
        assertThat(difference(before, after)).isEqualTo(changed);
        assertThat(after.values()).allSatisfy(member -> {
            assertThat(member.email()).matches("[^@\\s]+@[^@\\s]+");
            assertThat(member.firstName()).isNotBlank();
            assertThat(member.lastName()).isNotBlank();
            assertThat(member.registrationDate()).isBetween(AS_OF.minusYears(2), AS_OF);
        });
    }

    @Test
    void changedRowsAreSpreadOverTheTable() {
        MySqlServer server = filled(10_000);
        Map<String, Member> before = SourceRows.read(server);

        change(server, FIVE);

        Set<String> updated = updated(before, SourceRows.read(server));
        assertThat(updated.stream().filter(id -> id.compareTo("8") < 0).count()).isBetween(110L, 190L);
    }

    @Test
    void aTinyTableHasOneOfEach() {
        MySqlServer server = filled(20);
        Map<String, Member> before = SourceRows.read(server);

        assertThat(change(server, Percentage.parse("0.01%"))).isEqualTo(new MutationResult(1, 1, 1));

        assertThat(difference(before, SourceRows.read(server))).isEqualTo(new MutationResult(1, 1, 1));
    }

    @Test
    void rowsThatSomebodyElseWroteAreChangedToo() throws SQLException {
        MySqlServer server = filled(1);
        execute(server, "UPDATE members SET member_id = 'no uuid', first_name = '', phone_number = NULL, city = NULL");
        Map<String, Member> before = SourceRows.read(server);

        change(server, Percentage.parse("100%"));

        assertThat(difference(before, SourceRows.read(server))).isEqualTo(new MutationResult(1, 0, 1));
    }

    @Test
    void aChangeThatFailsChangesNothing() throws SQLException {
        MySqlServer server = filled(5_000);
        execute(
                server,
                "CREATE TRIGGER no_delete BEFORE DELETE ON members FOR EACH ROW"
                        + " SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'rows are kept'");
        Map<String, Member> before = SourceRows.read(server);

        assertThatThrownBy(() -> change(server, Percentage.parse("100%")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("rows are kept");

        assertThat(SourceRows.read(server)).isEqualTo(before);
    }

    @Test
    void aChangeIsGivenUpWhereAnotherWriterDeletesRowsMeanwhile() {
        MySqlServer server = filled(25_000);
        List<String> last =
                SourceRows.read(server).keySet().stream().skip(24_000).toList();

        assertThatThrownBy(() -> MembersSource.of(server).change(FIVE, 123, AS_OF, rows -> {
                    if (rows == 10_000) {
                        delete(server, last);
                    }
                }))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("was not changed")
                .hasMessageContaining("Another writer deleted rows");

        assertThat(SourceRows.read(server))
                .isEqualTo(SourceRows.generated(MemberGenerator.of(123, 25_000, AS_OF)).entrySet().stream()
                        .filter(row -> !last.contains(row.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Test
    void anEmptyTableCannotBeChanged() {
        MySqlServer server = TestServers.freshDatabase();

        assertThatThrownBy(() -> change(server, FIVE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("There is nothing to change")
                .hasMessageContaining("Generate members first");
    }

    @Test
    void progressGrowsToTheNumberOfRowsLookedAt() {
        MySqlServer server = filled(25_000);
        List<Long> output = new ArrayList<>();

        MembersSource.of(server).change(FIVE, 123, AS_OF, output::add);

        assertThat(output).containsExactly(10_000L, 20_000L, 25_000L);
    }

    private static MySqlServer filled(long rows) {
        MySqlServer server = TestServers.freshDatabase();
        MembersSource.of(server).fill(MemberGenerator.of(123, rows, AS_OF), done -> {});
        return server;
    }

    private static MutationResult change(MySqlServer server, Percentage share) {
        return MembersSource.of(server).change(share, 123, AS_OF, rows -> {});
    }

    private static MutationResult difference(Map<String, Member> before, Map<String, Member> after) {
        long deleted =
                before.keySet().stream().filter(id -> !after.containsKey(id)).count();
        long inserted =
                after.keySet().stream().filter(id -> !before.containsKey(id)).count();
        return new MutationResult(updated(before, after).size(), deleted, inserted);
    }

    private static Set<String> updated(Map<String, Member> before, Map<String, Member> after) {
        Set<String> updated = new HashSet<>();
        before.forEach((id, member) -> {
            if (after.containsKey(id) && !after.get(id).equals(member)) {
                updated.add(id);
            }
        });
        return updated;
    }

    private static void delete(MySqlServer server, List<String> ids) {
        try {
            execute(server, "DELETE FROM members WHERE member_id IN ('" + String.join("', '", ids) + "')");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(MySqlServer server, String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
