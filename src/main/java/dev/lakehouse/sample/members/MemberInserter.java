package dev.lakehouse.sample.members;

import dev.lakehouse.UserError;
import dev.lakehouse.source.mysql.MySqlErrors;
import dev.lakehouse.source.mysql.MySqlServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * Fills the empty table by several concurrent connections. Each has its own contiguous range of members, so it appends
 * in the order of the key.
 *
 * <p>A connection commits every {@value #ROWS_PER_COMMIT} rows, so the server's undo log and binary log cache stay
 * small for any table size. Larger transactions are not faster. The cost is that other readers see an incomplete table,
 * and that it must be emptied after a failure.
 */
final class MemberInserter {
    private static final int ROWS_PER_COMMIT = 200_000;
    private static final int ROWS_PER_REPORT = 10_000;
    private static final int ROWS_WORTH_A_THREAD = 20_000;

    private final MySqlServer server;
    private final MemberGenerator members;
    private final LongConsumer rowsDone;
    private final Map<String, String> settings;
    private long sent;
    private volatile boolean failed;

    /**
     * An inserter for a server and members.
     *
     * @param settings of the driver: {@link RowWriter#LOADING}, or {@link RowWriter#WRITING} without LOAD DATA
     */
    MemberInserter(MySqlServer server, MemberGenerator members, LongConsumer rowsDone, Map<String, String> settings) {
        this.server = server;
        this.members = members;
        this.rowsDone = rowsDone;
        this.settings = settings;
    }

    InsertResult run(int threads) {
        try {
            InsertResult.Way way = way();
            long rows = writeShards(Math.max(1, (int) Math.min(threads, members.rows() / ROWS_WORTH_A_THREAD)));
            if (rows != members.rows()) {
                throw incomplete(rows);
            }
            return new InsertResult(rows, way);
        } catch (RuntimeException e) {
            empty(e);
            throw e;
        }
    }

    private InsertResult.Way way() {
        try (Connection connection = server.connect(settings)) {
            return RowWriter.on(connection) instanceof RowWriter.LoadData
                    ? InsertResult.Way.LOAD_DATA
                    : InsertResult.Way.INSERTS;
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
    }

    private long writeShards(int shards) {
        ExecutorService threads = Executors.newFixedThreadPool(shards);
        try {
            List<Future<Long>> writing = new ArrayList<>();
            for (int i = 0; i < shards; i++) {
                long from = members.rows() * i / shards;
                long to = members.rows() * (i + 1) / shards;
                writing.add(threads.submit(() -> writeShard(from, to)));
            }
            return sum(writing);
        } finally {
            threads.shutdown();
        }
    }

    /** Waits for all writers, so that none still writes when the table is emptied. */
    private long sum(List<Future<Long>> writing) {
        long rows = 0;
        RuntimeException failure = null;
        for (Future<Long> shard : writing) {
            try {
                rows += shard.get();
            } catch (ExecutionException e) {
                failure = failure != null ? failure : asUnchecked(e.getCause());
            } catch (InterruptedException e) {
                failed = true;
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while the table was filled", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return rows;
    }

    private static RuntimeException asUnchecked(Throwable failure) {
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    private long writeShard(long from, long to) {
        long rows = 0;
        boolean whole = false;
        try (Connection connection = server.connect(settings)) {
            connection.setAutoCommit(false);
            RowWriter writer = RowWriter.on(connection);
            for (long start = from; start < to && !failed; start += ROWS_PER_COMMIT) {
                rows += writer.write(range(start, Math.min(start + ROWS_PER_COMMIT, to)));
                connection.commit();
            }
            whole = true;
            return rows;
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        } finally {
            if (!whole) {
                failed = true;
            }
        }
    }

    /** Ends early if another range failed, because all rows are then deleted. */
    private Iterator<Member> range(long from, long to) {
        return new Iterator<>() {
            private long next = from;

            @Override
            public boolean hasNext() {
                return next < to && !failed;
            }

            @Override
            public Member next() {
                Member member = members.member(next++);
                if ((next - from) % ROWS_PER_REPORT == 0) {
                    report(ROWS_PER_REPORT);
                } else if (next == to) {
                    report((to - from) % ROWS_PER_REPORT);
                }
                return member;
            }
        };
    }

    private synchronized void report(long rows) {
        sent += rows;
        rowsDone.accept(sent);
    }

    private UserError incomplete(long rows) {
        return new UserError(
                "The server stored " + rows + " of " + members.rows() + " members.",
                "A trigger or another writer may have left out or removed rows.",
                "Drop the table " + MembersSource.TABLE + " at " + server.address() + " and generate again.");
    }

    private void empty(RuntimeException failure) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            truncate(statement);
        } catch (SQLException | RuntimeException e) {
            // The first failure must be reported. The next fill reports rows that are still in the table.
            failure.addSuppressed(e);
        }
    }

    private static void truncate(Statement statement) throws SQLException {
        try {
            statement.execute("TRUNCATE TABLE " + MembersSource.TABLE);
        } catch (SQLException e) {
            // TRUNCATE needs the right to drop the table, which an account that only writes rows may not have.
            statement.execute("DELETE FROM " + MembersSource.TABLE);
        }
    }
}
