package dev.lakehouse.members;

import dev.lakehouse.load.Expectation;
import dev.lakehouse.replicate.LoadTable;
import java.time.LocalDate;
import java.util.List;

/** Loads extracts of members with the expectations of members. */
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
