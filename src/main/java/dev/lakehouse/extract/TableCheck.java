package dev.lakehouse.extract;

import dev.lakehouse.UserError;
import dev.lakehouse.source.mysql.InvalidDates;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.source.mysql.RowFaults;
import dev.lakehouse.source.mysql.RowFormat;
import dev.lakehouse.source.mysql.SourceSettings;
import dev.lakehouse.source.mysql.SourceTable;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All reasons for which a table cannot be extracted, as far as they can be found in seconds.
 *
 * @param table the table; if its key or the columns that are left out are refused, as it is without these settings
 * @param refusals the reasons; empty if it can be extracted
 */
public record TableCheck(SourceTable table, List<Refusal> refusals) {

    /** What a person may decide on, so that a refused table can be extracted. */
    public enum Decision {
        /** The columns by which rows are matched, or that rows may repeat. */
        KEY,
        /** Columns that are left out. */
        COLUMNS,
        /** What happens to dates that are not in the calendar. */
        INVALID_DATES,
        /** The settings have to be corrected, or the source has to be changed: the error says how. */
        NONE
    }

    /** A reason, and what a person may decide on. */
    public record Refusal(Decision decision, UserError error) {}

    /**
     * Checks a table. Throws a {@link UserError} if it does not exist.
     *
     * @param seconds the time for the search for invalid dates, 0 for none; the extract reports those that are not found here
     */
    public static TableCheck of(
            MySqlServer server, Connection connection, String name, SourceSettings settings, int seconds) {
        List<Refusal> refusals = new ArrayList<>();
        SourceTable table = describe(refusals, server, connection, name, settings);
        collect(refusals, Decision.COLUMNS, () -> TechnicalColumns.refuse(table));
        collect(refusals, Decision.COLUMNS, () -> {
            RowFormat format = table.rowFormat();
            if (seconds > 0) {
                new RowFaults(server, connection, table, format)
                        .notOnTheCalendar(seconds)
                        .ifPresent(error -> refusals.add(new Refusal(ofDates(settings), error)));
            }
        });
        return new TableCheck(table, List.copyOf(refusals));
    }

    /** With another policy only the dates of a key are refused. */
    private static Decision ofDates(SourceSettings settings) {
        return settings.invalidDates() == InvalidDates.REFUSE ? Decision.INVALID_DATES : Decision.NONE;
    }

    /** The errors. */
    public List<UserError> errors() {
        return refusals.stream().map(Refusal::error).toList();
    }

    private static SourceTable describe(
            List<Refusal> refusals, MySqlServer server, Connection connection, String name, SourceSettings asked) {
        List<SourceSettings> attempts = Stream.of(asked, asked.allRows())
                .flatMap(rows -> Stream.of(
                        rows,
                        rows.wholeRows(),
                        rows.allColumns(),
                        rows.wholeRows().allColumns()))
                .toList();
        for (int i = 0; i < attempts.size(); i++) {
            try {
                return SourceTable.describe(server, connection, name, attempts.get(i));
            } catch (UserError refused) {
                if (refusals.stream().noneMatch(known -> known.error().problem().equals(refused.problem()))) {
                    refusals.add(new Refusal(
                            refused instanceof SourceTable.WithoutKey ? Decision.KEY : Decision.NONE, refused));
                }
            }
        }
        throw UserError.all(
                "Table '" + name + "' cannot be extracted",
                refusals.stream().map(Refusal::error).toList());
    }

    private static void collect(List<Refusal> refusals, Decision decision, Runnable check) {
        try {
            check.run();
        } catch (UserError e) {
            refusals.add(new Refusal(decision, e));
        }
    }

    /** The format of its rows; empty if columns are refused. */
    Optional<RowFormat> rowFormat() {
        try {
            return Optional.of(table.rowFormat());
        } catch (UserError e) {
            return Optional.empty(); // among the refusals
        }
    }
}
