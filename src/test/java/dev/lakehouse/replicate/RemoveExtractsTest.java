package dev.lakehouse.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.extract.Landing;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.testing.TestLakehouse;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemoveExtractsTest {
    private final TestLakehouse lakehouse =
            TestLakehouse.fresh().mysql("CREATE TABLE shop (id INT PRIMARY KEY)", "INSERT INTO shop VALUES (1)");

    @Test
    void oldExtractsGoThatAreLoaded() {
        lakehouse.extract("shop");
        lakehouse.load("shop");
        lakehouse.extractAnew("shop");
        lakehouse.extract("shop");

        assertThat(remove(3)).contains("0 old extracts; the newest 3 stay");
        assertThat(extracts().published()).containsExactly(1L, 2L, 3L);

        assertThat(remove(1)).contains("1 old extract; the newest 1 stay, and those not loaded yet");
        // The second is old as well, but it is not loaded yet.
        assertThat(extracts().published()).containsExactly(2L, 3L);
        assertThat(FileStore.of(lakehouse.landing()).directories(lakehouse.landing("shop", "")))
                .contains("extract=000002", "extract=000003")
                .doesNotContain("extract=000001");
    }

    @Test
    void anEmptyLandingIsNoFailure() {
        assertThat(remove(1)).contains("0 old extracts");
    }

    private String remove(int kept) {
        return lakehouse.task(
                RemoveExtracts::main,
                List.of(
                        "--table=shop",
                        "--landing=" + lakehouse.landing(),
                        "--target=lake.shop",
                        "--keep-extracts=" + kept));
    }

    private Landing extracts() {
        return Landing.of(lakehouse.landing(), lakehouse.mysql().database(), "shop");
    }
}
