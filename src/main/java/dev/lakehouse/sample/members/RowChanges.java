package dev.lakehouse.sample.members;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;

/** Updates and deletes rows by key, in batches. The caller commits. */
final class RowChanges implements AutoCloseable {
    private static final int ROWS_AT_ONCE = 1_000;

    private final PreparedStatement update;
    private final PreparedStatement delete;
    private int updates;
    private int deletes;
    private long rowsChanged;

    RowChanges(Connection connection) throws SQLException {
        update = connection.prepareStatement("UPDATE " + MembersSource.TABLE
                + " SET last_name = ?, email = ?, phone_number = ?, address = ?, city = ?, country = ?"
                + " WHERE member_id = ?");
        delete = connection.prepareStatement("DELETE FROM " + MembersSource.TABLE + " WHERE member_id = ?");
    }

    /** Updates the columns that {@link MemberEdit} may change. */
    void update(Member member) throws SQLException {
        update.setString(1, member.lastName());
        update.setString(2, member.email());
        update.setString(3, member.phoneNumber());
        update.setString(4, member.address());
        update.setString(5, member.city());
        update.setString(6, member.country());
        update.setString(7, member.memberId());
        update.addBatch();
        if (++updates % ROWS_AT_ONCE == 0) {
            rowsChanged += sum(update.executeBatch());
        }
    }

    void delete(String memberId) throws SQLException {
        delete.setString(1, memberId);
        delete.addBatch();
        if (++deletes % ROWS_AT_ONCE == 0) {
            rowsChanged += sum(delete.executeBatch());
        }
    }

    /**
     * Sends the last batches.
     *
     * @return the total number of rows that the server found and changed
     */
    long flush() throws SQLException {
        rowsChanged += sum(update.executeBatch()) + sum(delete.executeBatch());
        return rowsChanged;
    }

    @Override
    public void close() throws SQLException {
        try (delete) {
            update.close();
        }
    }

    private static long sum(int[] counts) {
        return Arrays.stream(counts).asLongStream().sum();
    }
}
