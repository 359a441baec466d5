package dev.lakehouse.members;

import dev.lakehouse.ingest.LoadTable;
import dev.lakehouse.load.Expectation;
import java.time.LocalDate;
import java.util.List;

/** Loads extracts of members, with what is expected of a member. */
public final class LoadMembers extends LoadTable {

    /** Runs the task. */
    public static void main(String[] arguments) {
        new LoadMembers().execute(arguments);
    }

    @Override
    protected List<Expectation> expectations(LocalDate latestDay) {
        return MemberExpectations.on(latestDay);
    }
}
