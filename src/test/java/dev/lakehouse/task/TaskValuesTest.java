package dev.lakehouse.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TaskValuesTest {

    @Test
    void valuesGoToWhoeverCollects() {
        try (TaskValues.Collector collector = TaskValues.collect()) {
            TaskValues.set("rows", "1");
            TaskValues.set("rows", "2");
            TaskValues.set("extract", "000042");

            assertThat(collector.values()).hasSize(2).containsEntry("rows", "2").containsEntry("extract", "000042");
        }
    }

    @Test
    void aThreadThatTheTaskStartedPublishesForIt() throws Exception {
        try (TaskValues.Collector collector = TaskValues.collect()) {
            Thread thread = new Thread(() -> TaskValues.set("rows", "1"));
            thread.start();
            thread.join();

            assertThat(collector.values()).containsEntry("rows", "1");
        }
    }

    @Test
    void aThreadThatOutlivesItsTaskIsToldSo() throws Exception {
        CompletableFuture<Void> set = new CompletableFuture<>();
        CountDownLatch ended = new CountDownLatch(1);
        try (TaskValues.Collector collector = TaskValues.collect()) {
            assertThat(collector.values()).isEmpty();
            new Thread(() -> {
                        try {
                            ended.await();
                            TaskValues.set("rows", "1");
                            set.complete(null);
                        } catch (InterruptedException | RuntimeException e) {
                            set.completeExceptionally(e);
                        }
                    })
                    .start();
        }
        ended.countDown();

        assertThatThrownBy(set::get).hasMessageContaining("'rows' was set after its task had ended");
    }

    @Test
    void whereNobodyCollectsAValueIsNoError() {
        assertThatCode(() -> TaskValues.set("rows", "1")).doesNotThrowAnyException();
    }

    @Test
    void aKeyThatNoReferenceCouldNameIsRefused() {
        assertThatThrownBy(() -> TaskValues.set("number of rows", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'number of rows'");
    }

    @Test
    void aValueLargerThanDatabricksTakesIsRefused() {
        assertThatCode(() -> TaskValues.set("text", "x".repeat(48 * 1024))).doesNotThrowAnyException();
        assertThatThrownBy(() -> TaskValues.set("text", "x".repeat(48 * 1024 + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("larger than 48 KiB");
    }
}
