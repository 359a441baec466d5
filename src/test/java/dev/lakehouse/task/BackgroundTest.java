package dev.lakehouse.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class BackgroundTest {
    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    void aFailureIsThrownAsItIsAlsoWhereItIsChecked() {
        SparkException failure = new SparkException("cancelled");
        try (Background<Object> work = Background.start(() -> BackgroundTest.<RuntimeException>fail(failure))) {
            assertThatThrownBy(work::result).isSameAs(failure);
        }
    }

    /** Spark ends a stream without a failure if its thread throws this. */
    @Test
    void whoIsInterruptedThrowsWhatSparkTakesForAStopAndEndsTheWork() {
        AtomicBoolean stopped = new AtomicBoolean();
        Thread.currentThread().interrupt();
        try (Background<Object> work = Background.start(() -> waits(stopped))) {
            assertThatThrownBy(work::result)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(InterruptedIOException.class);
        }

        assertThat(stopped).as("the work has ended").isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    private Object waits(AtomicBoolean stopped) {
        try {
            never.await();
        } catch (InterruptedException e) {
            stopped.set(true);
        }
        return null;
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> Object fail(Exception failure) throws E {
        throw (E) failure;
    }
}
