package dev.lakehouse.sample.members;

import dev.lakehouse.Percentage;
import dev.lakehouse.UserError;
import dev.lakehouse.sample.SeededRandom;
import dev.lakehouse.source.mysql.MySqlErrors;
import dev.lakehouse.source.mysql.MySqlServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/**
 * Changes a share of the table's rows.
 *
 * <p>One connection streams a snapshot of the table in the order of its key, another one writes the changes in one
 * transaction, so a failure changes nothing. Only the rows of one batch are in memory. The random numbers that choose
 * the rows depend on the seed and on the table's content (a checksum over all rows): equal tables get the same changes,
 * and a second run makes other changes.
 */
record MemberMutator(MySqlServer server, long seed, LocalDate asOf, LongConsumer rowsDone) {
    private static final long ROWS_PER_REPORT = 10_000;
    /** The number of other members to copy values from. It is large, so that a value that differs is found soon. */
    private static final long OTHERS = 1_000_000;

    private static final String COLUMNS = String.join(", ", MembersSource.COLUMNS);
    private static final String CONTENT =
            "SELECT COUNT(*), COALESCE(SUM(CRC32(CONCAT_WS('|', " + COLUMNS + "))), 0) FROM " + MembersSource.TABLE;
    private static final String ALL_ROWS = "SELECT " + COLUMNS + " FROM " + MembersSource.TABLE + " ORDER BY member_id";

    MutationResult run(Percentage share) {
        try (Connection reading = server.connect();
                Connection writing = server.connect(RowWriter.WRITING)) {
            reading.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            reading.setAutoCommit(false);
            writing.setAutoCommit(false);
            Content content = content(reading);
            MutationResult changed = MutationResult.of(share, content.rows());
            long round = SeededRandom.combine(seed, content.checksum());
            // Before rows are deleted, so that the primary key ensures that new ids also differ from deleted ones.
            new RowWriter.Inserts(writing).write(newcomers(round, changed.inserted()));
            try (RowChanges changes = new RowChanges(writing)) {
                choose(reading, content.rows(), changed, round, changes);
            }
            writing.commit();
            return changed;
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
    }

    private record Content(long rows, long checksum) {}

    private static Content content(Connection reading) throws SQLException {
        try (Statement statement = reading.createStatement();
                ResultSet result = statement.executeQuery(CONTENT)) {
            result.next();
            return new Content(result.getLong(1), result.getLong(2));
        }
    }

    private Iterator<Member> newcomers(long round, long rows) {
        MemberGenerator generator = MemberGenerator.of(round, rows, asOf);
        return LongStream.range(0, rows).mapToObj(generator::member).iterator();
    }

    /**
     * Reads the rows once and selects each with the probability that gives exactly the required numbers (selection
     * sampling: D. Knuth, The Art of Computer Programming, volume 2, 3.4.2, algorithm S).
     */
    private void choose(Connection reading, long rows, MutationResult changed, long round, RowChanges changes)
            throws SQLException {
        SeededRandom random = SeededRandom.of(round, -1);
        MemberGenerator others = MemberGenerator.of(~round, OTHERS, asOf);
        long toUpdate = changed.updated();
        long toDelete = changed.deleted();
        try (Statement statement = reading.createStatement()) {
            statement.setFetchSize(Integer.MIN_VALUE);
            ResultSet row = statement.executeQuery(ALL_ROWS);
            for (long left = rows; row.next(); left--) {
                long drawn = random.below(left);
                if (drawn < toUpdate) {
                    changes.update(MemberEdit.alter(member(row), others, random));
                    toUpdate--;
                } else if (drawn < toUpdate + toDelete) {
                    changes.delete(row.getString(1));
                    toDelete--;
                }
                report(rows - left + 1, rows);
            }
        }
        if (changes.flush() != changed.updated() + changed.deleted()) {
            throw writtenByOthers();
        }
    }

    private void report(long looked, long rows) {
        if (looked % ROWS_PER_REPORT == 0 || looked == rows) {
            rowsDone.accept(looked);
        }
    }

    private static Member member(ResultSet row) throws SQLException {
        return new Member(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getObject(9, LocalDate.class));
    }

    private UserError writtenByOthers() {
        return new UserError(
                "The table " + MembersSource.TABLE + " at " + server.address() + " was not changed.",
                "Another writer deleted rows from it at the same time.",
                "Run the command again when no other writer changes the table.");
    }
}
