package dev.lakehouse.sample.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.testing.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembersSourceTest {
    private static final LocalDate AS_OF = LocalDate.of(2026, 11, 20);

    private final MySqlServer server = TestServers.freshDatabase();
    private final MembersSource source = MembersSource.of(server);

    @Test
    void aFilledTableHoldsExactlyTheGeneratedMembers() {
        MemberGenerator generator = MemberGenerator.of(123, 1_000, AS_OF);

        assertThat(source.exists()).isFalse();
        assertThat(source.hasRows()).isFalse();
        assertThat(source.rows()).isZero();
        assertThat(source.fill(generator, rows -> {})).isEqualTo(new InsertResult(1_000, InsertResult.Way.LOAD_DATA));

        assertThat(source.exists()).isTrue();
        assertThat(source.hasRows()).isTrue();
        assertThat(source.rows()).isEqualTo(1_000);
        assertThat(SourceRows.read(server)).isEqualTo(SourceRows.generated(generator));
    }

    @Test
    void manyThreadsFillTheTableAsOneDoes() {
        MemberGenerator generator = MemberGenerator.of(123, 100_001, AS_OF);

        assertThat(source.fill(generator, 4, rows -> {}).rows()).isEqualTo(100_001);

        assertThat(SourceRows.read(server)).isEqualTo(SourceRows.generated(generator));
    }

    @Test
    void aServerThatForbidsLoadDataIsFilledByInserts() {
        MemberGenerator generator = MemberGenerator.of(123, 41_234, AS_OF);

        source.create();

        // The server refuses a client that does not offer the capability as it does when it is told to refuse all.
        InsertResult filled = new MemberInserter(server, generator, rows -> {}, RowWriter.WRITING).run(2);

        assertThat(filled).isEqualTo(new InsertResult(41_234, InsertResult.Way.INSERTS));
        assertThat(filled.way()).hasToString("batched inserts, as the server forbids LOAD DATA LOCAL");
        assertThat(SourceRows.read(server)).isEqualTo(SourceRows.generated(generator));
    }

    @Test
    void progressGrowsToTheNumberOfRows() {
        List<Long> output = Collections.synchronizedList(new ArrayList<>());

        source.fill(MemberGenerator.of(123, 45_678, AS_OF), 2, output::add);

        assertThat(output)
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(3)
                .last()
                .isEqualTo(45_678L);
    }

    @Test
    void aTableWithRowsIsRefusedAndKept() {
        MemberGenerator generator = MemberGenerator.of(1, 20, AS_OF);
        source.fill(generator, rows -> {});

        assertThatThrownBy(() -> source.fill(MemberGenerator.of(2, 30, AS_OF), rows -> {}))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("has rows already (20)")
                .hasMessageContaining("--change 5%");

        assertThat(SourceRows.read(server)).isEqualTo(SourceRows.generated(generator));
    }

    @Test
    void aValueThatDoesNotFitFailsTheFillAndLeavesTheTableEmpty() throws SQLException {
        source.create();
        execute("ALTER TABLE members MODIFY city VARCHAR(8)");

        assertThatThrownBy(() -> source.fill(MemberGenerator.of(123, 50_000, AS_OF), 2, rows -> {}))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Data truncated for column 'city'");

        assertThat(source.rows()).isZero();
    }

    @Test
    void aFillThatFailsHalfWayLeavesTheTableEmpty() {
        MemberGenerator generator = MemberGenerator.of(123, 450_000, AS_OF);

        assertThatThrownBy(() -> source.fill(generator, 1, rows -> {
                    if (rows == 300_000) {
                        assertThat(source.rows()).isEqualTo(200_000);
                        killLoad();
                    }
                }))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(server.address());

        assertThat(source.rows()).isZero();
    }

    @Test
    void rowsThatTheServerLeavesOutFailTheFill() throws SQLException {
        source.create();
        execute("ALTER TABLE members ADD CONSTRAINT not_here CHECK (country <> 'Poland')");

        assertThatThrownBy(() -> source.fill(MemberGenerator.of(123, 1_000, AS_OF), rows -> {}))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("not_here");

        assertThat(source.rows()).isZero();
    }

    @Test
    void columnsThatOthersAddedAreLeftAlone() throws SQLException {
        source.create();
        execute("ALTER TABLE members ADD COLUMN loyalty INT NOT NULL DEFAULT 7 FIRST");
        MemberGenerator generator = MemberGenerator.of(123, 100, AS_OF);

        source.fill(generator, rows -> {});

        assertThat(SourceRows.read(server)).isEqualTo(SourceRows.generated(generator));
    }

    private void killLoad() {
        try {
            execute("BEGIN NOT ATOMIC FOR load IN (SELECT id FROM information_schema.processlist"
                    + " WHERE db = DATABASE() AND info LIKE 'LOAD DATA%') DO KILL CONNECTION load.id; END FOR; END");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
