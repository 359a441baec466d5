package dev.lakehouse.spending;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import org.apache.spark.sql.Column;

/** Groups of customers by age, in age order; {@link #UNKNOWN} last. */
enum AgeGroup {
    YOUNG("Young", "18–29", 18, 29),
    MIDDLE_AGED("Middle-aged", "30–44", 30, 44),
    SENIOR("Senior", "45 and above", 45, 120),
    UNKNOWN("Unknown", "no valid age", -1, -1);

    private final String text;
    private final String years;
    private final int from;
    private final int to;

    AgeGroup(String text, String years, int from, int to) {
        this.text = text;
        this.years = years;
        this.from = from;
        this.to = to;
    }

    /** Its name in data. */
    String text() {
        return text;
    }

    /** Its label in reports and charts, such as {@code Young (18–29)}. */
    String label() {
        return text + " (" + years + ")";
    }

    /** The group of that name. */
    static AgeGroup named(String text) {
        return Arrays.stream(values())
                .filter(group -> group.text.equals(text))
                .findFirst()
                .orElseThrow();
    }

    /** The name of the group of an age; Unknown for NULL. */
    static Column of(Column age) {
        Column group = lit(null).cast("string");
        for (AgeGroup candidate : values()) {
            group = coalesce(group, when(age.between(candidate.from, candidate.to), candidate.text));
        }
        return coalesce(group, lit(UNKNOWN.text));
    }

    /** The position of a name in age order. */
    static Column order() {
        Column names =
                array(Arrays.stream(values()).map(group -> lit(group.text)).toArray(Column[]::new));
        return array_position(names, col("age_group"));
    }
}
