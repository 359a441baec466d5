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
 * The table {@code members} in MySQL that the product is loaded from: made, filled and altered here, for a laptop and
 * for trials; never for a server that a person has not named for it. All methods throw a {@link UserError} where the
 * server, its rights or the table's state stand in the way.
 */
public final class MembersSource {
    /** The table's name. */
    public static final String TABLE = "members";

    /** The table's columns, in the order in which everything here reads and writes them. */
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

    /** The table in that server's database, whether it exists yet or not. */
    public static MembersSource of(MySqlServer server) {
        return new MembersSource(server);
    }

    /** Whether the table is there, empty or not. */
    public boolean exists() {
        return number("SELECT COUNT(*) FROM information_schema.tables"
                        + " WHERE table_schema = DATABASE() AND table_name = '" + TABLE + "'")
                > 0;
    }

    /** Whether the table is there with a row at least; quick for any size, unlike {@link #rows()}. */
    public boolean hasRows() {
        return exists() && number("SELECT COUNT(*) FROM (SELECT 1 FROM " + TABLE + " LIMIT 1) AS one_row") > 0;
    }

    /** How many rows the table has; none where there is no table. */
    public long rows() {
        return exists() ? number("SELECT COUNT(*) FROM " + TABLE) : 0;
    }

    /** Makes the table unless it is there. */
    public void create() {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(ddl());
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
    }

    /**
     * Makes the table if need be and fills it, on as many threads as there are processors. A table that has rows is
     * refused and stays as it is; a fill that fails leaves the table empty.
     *
     * @param rowsDone is told from time to time how many rows were sent in all, by one thread at a time
     */
    public InsertResult fill(MemberGenerator members, LongConsumer rowsDone) {
        return fill(members, Runtime.getRuntime().availableProcessors(), rowsDone);
    }

    /** As {@link #fill(MemberGenerator, LongConsumer)}, on so many threads at most; the rows are the same. */
    public InsertResult fill(MemberGenerator members, int threads, LongConsumer rowsDone) {
        create();
        if (hasRows()) {
            throw new UserError(
                    "The table " + TABLE + " at " + server.address() + " has rows already (" + rows() + ").",
                    "Generating fills an empty table only, so that no row of anyone's is touched by mistake."
                            + " (Fewer rows than expected were left by a command that was killed.)",
                    "Alter the rows that are there with --change 5%, or drop the table first.");
        }
        return new MemberInserter(server, members, rowsDone, RowWriter.LOADING).run(threads);
    }

    /**
     * Alters a share of the rows: updates some, deletes some, inserts new ones, in one transaction. How many is a
     * function of the table's number of rows; which ones and to what, of the table's content and the seed: the same
     * change on any machine, and another one when it is called again.
     *
     * @param asOf the last possible registration date of new members, as in {@link MemberGenerator#of}
     * @param rowsDone is told from time to time how many of the table's rows were looked at
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
