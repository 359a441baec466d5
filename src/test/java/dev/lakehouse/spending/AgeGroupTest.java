package dev.lakehouse.spending;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.testing.TestLakehouse;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;

class AgeGroupTest {
    /** The years 30 and 45, which two groups might claim, belong to the older one. */
    @Test
    void aGroupBeginsWithItsFirstYearAndAnAgeBeyondAllGroupsIsUnknown() {
        assertThat(TestLakehouse.session()
                        .sql(
                                "SELECT * FROM VALUES (-1), (17), (18), (29), (30), (44), (45), (120), (121), (NULL) AS t (age)")
                        .select(AgeGroup.of(col("age")))
                        .as(Encoders.STRING())
                        .collectAsList())
                .containsExactly(
                        "Unknown",
                        "Unknown",
                        "Young",
                        "Young",
                        "Middle-aged",
                        "Middle-aged",
                        "Senior",
                        "Senior",
                        "Unknown",
                        "Unknown");
    }
}
