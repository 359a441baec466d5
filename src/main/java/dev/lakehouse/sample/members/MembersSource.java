package dev.lakehouse.sample.members;

import dev.lakehouse.Percentage;
import dev.lakehouse.UserError;
import dev.lakehouse.source.mysql.MySqlErrors;
import dev.lakehouse.source.mysql.MySqlServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Creates, fills and changes the MySQL table {@code members}, the source of the product, for local runs and tests. A
 * user's own server is only changed on explicit request. All methods throw a {@link UserError} if the server, its
 * rights or the table's state prevent the operation.
 */
public final class MembersSource {
    /** The table's name. */
    public static final String TABLE = "members";

    /** The table's columns, in the order in which this package reads and writes them. */
    static final List<String> COLUMNS = List.of(
            "member_id",
            "first_name",
            "last_name",
            "email",
            "phone_number",
            "address",
            "city",
            "country",
            "registration_date");

    private static final String DDL = "members.mysql.sql";

    private final MySqlServer server;

    private MembersSource(MySqlServer server) {
        this.server = server;
    }

    /** The table in the server's database. It may not exist yet. */
    public static MembersSource of(MySqlServer server) {
        return new MembersSource(server);
    }

    /** Whether the table exists. */
    public boolean exists() {
        return number("SELECT COUNT(*) FROM information_schema.tables"
                        + " WHERE table_schema = DATABASE() AND table_name = '" + TABLE + "'")
                > 0;
    }

    /** Whether the table exists and has rows. Fast for any size, unlike {@link #rows()}. */
    public boolean hasRows() {
        return exists() && number("SELECT COUNT(*) FROM (SELECT 1 FROM " + TABLE + " LIMIT 1) AS one_row") > 0;
    }

    /** The number of rows; 0 if there is no table. */
    public long rows() {
        return exists() ? number("SELECT COUNT(*) FROM " + TABLE) : 0;
    }

    /** Creates the table if it does not exist. */
    public void create() {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(ddl());
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
    }

    /**
     * Creates the table if needed and fills it, on as many threads as there are processors. A table with rows is
     * refused and unchanged. After a failure the table is empty.
     *
     * @param rowsDone receives the total number of sent rows at intervals, from one thread at a time
     */
    public InsertResult fill(MemberGenerator members, LongConsumer rowsDone) {
        return fill(members, Runtime.getRuntime().availableProcessors(), rowsDone);
    }

    /**
     * The same as {@link #fill(MemberGenerator, LongConsumer)} with a maximum number of threads. The rows are the same.
     */
    public InsertResult fill(MemberGenerator members, int threads, LongConsumer rowsDone) {
        create();
        if (hasRows()) {
            throw new UserError(
                    "The table " + TABLE + " at " + server.address() + " has rows already (" + rows() + ").",
                    "Only an empty table is filled, so that no rows are changed by mistake."
                            + " (If there are fewer rows than expected, an earlier command was killed.)",
                    "Change the existing rows with --change 5%, or drop the table first.");
        }
        return new MemberInserter(server, members, rowsDone, RowWriter.LOADING).run(threads);
    }

    /**
     * Changes a share of the rows: updates, deletes and inserts rows in one transaction. Their numbers depend on the
     * table's number of rows, the chosen rows and values on the table's content and the seed. So the change is the same
     * on every machine, and a second call makes another change.
     *
     * @param asOf the last possible registration date of new members, as in {@link MemberGenerator#of}
     * @param rowsDone receives the number of processed rows at intervals
     */
    public MutationResult change(Percentage share, long seed, LocalDate asOf, LongConsumer rowsDone) {
        if (!hasRows()) {
            throw new UserError(
                    "There is nothing to change at " + server.address() + ".",
                    "The table " + TABLE + " has no rows, or does not exist.",
                    "Generate members first, without --change.");
        }
        return new MemberMutator(server, seed, asOf, rowsDone).run(share);
    }

    private long number(String query) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
    }

    static String ddl() {
        try (InputStream in = MembersSource.class.getResourceAsStream(DDL)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
