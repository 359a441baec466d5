package dev.lakehouse.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.testing.TestLakehouse;
import java.util.List;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Spark's own answer is to end this JVM with status 52: these tests would not come to their end. */
class OutOfMemoryTest {
    @Tag("e2e")
    @Test
    void aSparkTaskThatRunsOutOfMemoryFailsTheStepWithOneMessage() {
        TestLakehouse lakehouse = TestLakehouse.fresh();

        assertThatThrownBy(() -> lakehouse.task(arguments -> new Greedy().execute(arguments), List.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Greedy ran out of memory.")
                .hasMessageContaining("--heap 4g");
        assertThat(TestLakehouse.session().range(3).count()).isEqualTo(3);
        assertThat(lakehouse.ledger("outcome, message", "task = 'Greedy'"))
                .containsExactly("failed|Greedy ran out of memory.");
    }

    @Test
    void onlyTheNameAtItsPlaceIsTakenForTheCause() {
        assertThat(
                        OutOfMemory.explain(
                                "x",
                                new IllegalStateException(
                                        "Job aborted: Lost task 0.0 (TID 1): java.lang.OutOfMemoryError: Java heap space\n\tat")))
                .isPresent();
        assertThat(OutOfMemory.explain("x", new IllegalStateException("Bad value 'java.lang.OutOfMemoryErrors'")))
                .isEmpty();
    }

    /** Asks for more than any array may have, on an executor's thread. */
    private static final class Greedy extends Task {
        @Override
        protected Result run(TaskContext context) {
            UDF1<Long, Long> greed = number -> (long) new byte[Integer.MAX_VALUE].length + number;
            context.session()
                    .range(1)
                    .select(functions.udf(greed, DataTypes.LongType).apply(functions.col("id")))
                    .collectAsList();
            return Result.none();
        }
    }
}
