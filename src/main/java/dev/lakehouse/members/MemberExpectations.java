package dev.lakehouse.members;

import dev.lakehouse.load.Expectation;
import java.time.LocalDate;
import java.util.List;

/** The expectations of members. */
public final class MemberExpectations {
    private MemberExpectations() {}

    /**
     * The expectations of an extract.
     *
     * @param latestDay the latest valid date at the time of the extract; a later registration date is invalid
     */
    public static List<Expectation> on(LocalDate latestDay) {
        return List.of(
                new Expectation("no id", "trim(member_id) <> ''"),
                new Expectation("first name is empty", "trim(first_name) <> ''"),
                new Expectation("last name is empty", "trim(last_name) <> ''"),
                new Expectation("e-mail is not name@host", "email RLIKE '^[^@]+@[^@]+$'"),
                new Expectation("registration date is missing", "registration_date IS NOT NULL"),
                new Expectation(
                        "registration date is after the extract",
                        "registration_date IS NULL OR registration_date <= DATE'" + latestDay + "'"));
    }
}
