package dev.lakehouse.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.testing.TestLakehouse;
import dev.lakehouse.testing.TestServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.execution.streaming.checkpointing.CheckpointFileManager.CancellableFSDataOutputStream;
import org.junit.jupiter.api.Test;

class CheckpointFilesTest {
    private final Path checkpoint = new Path(TestServers.freshPrefix() + "/checkpoint");
    private final Path plan = new Path(checkpoint, "offsets/5");

    @Test
    void theSessionKeepsCheckpointsByIt() {
        assertThat(TestLakehouse.session().conf().get("spark.sql.streaming.checkpointFileManagerClass"))
                .isEqualTo(CheckpointFiles.class.getName());
    }

    @Test
    void ofTwoStreamsThatPlanTheSameBatchOneIsRefused() throws IOException {
        CancellableFSDataOutputStream one = write("one", false);
        CancellableFSDataOutputStream other = write("other", false);

        other.close();

        assertThatThrownBy(one::close).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(read()).isEqualTo("other");
    }

    @Test
    void aFileIsThereWholeOrNotAtAll() throws IOException {
        CancellableFSDataOutputStream out = write("planned", false);
        assertThat(files().exists(plan)).isFalse();
        out.cancel();
        out.close();
        assertThat(files().exists(plan)).isFalse();

        write("planned", false).close();
        write("planned anew", true).close();
        assertThat(read()).isEqualTo("planned anew");
        assertThat(files().list(plan.getParent())).hasSize(1);

        files().delete(plan);
        assertThat(files().exists(plan)).isFalse();
    }

    private CancellableFSDataOutputStream write(String text, boolean overwrite) throws IOException {
        CancellableFSDataOutputStream out = files().createAtomic(plan, overwrite);
        out.write(text.getBytes(StandardCharsets.UTF_8));
        return out;
    }

    private String read() throws IOException {
        try (var in = files().open(plan)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private CheckpointFiles files() throws IOException {
        Configuration configuration = TestLakehouse.session().sparkContext().hadoopConfiguration();
        return new CheckpointFiles(checkpoint, configuration);
    }
}
