package dev.lakehouse.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.testing.TestLakehouse;
import dev.lakehouse.testing.TestServers;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3LogStoreTest {
    private final SparkSession session = TestLakehouse.session();
    private final Configuration configuration = session.sparkContext().hadoopConfiguration();
    private final S3LogStore store = new S3LogStore(configuration);
    private final String prefix = TestServers.freshPrefix();

    @ParameterizedTest
    @ValueSource(strings = {"s3a:", "s3:"})
    void aCommitThatIsThereIsNotReplaced(String scheme) throws IOException {
        Path commit = new Path(prefix.replaceFirst("s3a:", scheme), "00000000000000000000.json");
        store.write(commit, List.of("{\"first\":1}", "{\"more\":\"ü\"}").iterator(), false, configuration);

        assertThatThrownBy(() -> new S3LogStore(configuration)
                        .write(commit, List.of("{\"second\":1}").iterator(), false, configuration))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining(commit.toString());

        assertThat(lines(commit)).containsExactly("{\"first\":1}", "{\"more\":\"ü\"}");
    }

    @Test
    void whatMayBeReplacedIsReplaced() throws IOException {
        Path pointer = new Path(prefix, "_last_checkpoint");
        store.write(pointer, List.of("1").iterator(), true, configuration);

        store.write(pointer, List.of("2").iterator(), true, configuration);

        assertThat(lines(pointer)).containsExactly("2");
    }

    @Test
    void aCommitThatStopsHalfwayIsNotThere() throws IOException {
        Path commit = new Path(prefix, "00000000000000000000.json");
        List<String> actions = new ArrayList<>(List.of("{\"first\":1}"));
        Iterator<String> broken = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public String next() {
                if (actions.isEmpty()) {
                    throw new IllegalStateException("the actions end early");
                }
                return actions.remove(0);
            }
        };

        assertThatThrownBy(() -> store.write(commit, broken, false, configuration))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the actions end early");

        assertThat(commit.getFileSystem(configuration).exists(commit)).isFalse();
    }

    @Test
    void appendsOfTwoSessionsAreAllThere() throws Exception {
        String table = prefix + "/table";
        session.range(0).write().format("delta").save(table);
        Callable<Void> first = () -> append(session.newSession(), table, 0, 5);
        Callable<Void> second = () -> append(session.newSession(), table, 5, 10);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (Future<Void> end : threads.invokeAll(List.of(first, second))) {
                end.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(session.read()
                        .format("delta")
                        .load(table)
                        .sort("id")
                        .as(Encoders.LONG())
                        .collectAsList())
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    private static Void append(SparkSession session, String table, long from, long to) {
        for (long id = from; id < to; id++) {
            session.range(id, id + 1, 1, 1)
                    .write()
                    .format("delta")
                    .mode("append")
                    .save(table);
        }
        return null;
    }

    private List<String> lines(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        try (var iterator = store.read(file, configuration)) {
            iterator.forEachRemaining(lines::add);
        }
        return lines;
    }
}
