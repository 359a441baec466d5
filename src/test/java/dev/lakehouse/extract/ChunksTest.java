package dev.lakehouse.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.task.ScratchSpace;
import dev.lakehouse.testing.TestLakehouse;
import dev.lakehouse.testing.TestServers;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class ChunksTest {
    private final Chunks chunks = new Chunks(
            TestLakehouse.session(),
            new StructType().add("text", DataTypes.StringType).add("n", DataTypes.IntegerType),
            new ScratchSpace(TestServers.freshPrefix()),
            "chunks");

    @Test
    void aChunkIsWrittenWhenItsTextsTakeItsSize() {
        String text = "x".repeat(3 << 20);
        for (int i = 0; i < 7; i++) {
            chunks.add(text, i);
        }
        assertThat(chunks.written()).isEqualTo(2); // three rows of six megabytes each
        chunks.flush();

        assertThat(chunks.written()).isEqualTo(3);
        assertThat(chunks.rows()).isEqualTo(7);
        assertThat(chunks.read().where("length(text) = " + (3 << 20)).count()).isEqualTo(7);
    }

    @Test
    void manySmallRowsAreBoundedToo() {
        long rows = 0;
        while (chunks.written() == 0) {
            chunks.add(null, 1);
            rows++;
        }

        assertThat(rows).isBetween(50_000L, 300_000L);
        chunks.flush();
        assertThat(chunks.written()).isEqualTo(1);
    }
}
