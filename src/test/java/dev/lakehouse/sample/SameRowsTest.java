package dev.lakehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.sample.activity.ActivityGenerator;
import dev.lakehouse.sample.activity.ActivityGenerator.Format;
import dev.lakehouse.sample.orders.OrderGenerator;
import dev.lakehouse.sample.orders.OrderPlan;
import dev.lakehouse.sample.spending.SpendingGenerator;
import dev.lakehouse.sample.votes.VoteGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change of these digests changes what people's tables hold after a run. */
final class SameRowsTest {
    @TempDir
    private Path folder;

    @Test
    void activityOfASeedIsWhatItAlwaysWas() throws Exception {
        new ActivityGenerator(123, 2_000).write(folder.toString(), Format.PLAIN);

        assertThat(digest()).isEqualTo("a53766dfef55d8ae59fbf35bdd68ba60d25921ecddf57d79d59a5ef5654fe735");
    }

    @Test
    void votesOfASeedAreWhatTheyAlwaysWere() throws Exception {
        VoteGenerator.of(123, 5_000).write(folder.toString());

        assertThat(digest()).isEqualTo("8216ccfb5a265d2908b896e5348210b93e307b4ec6ccdd82c073d38d4de91d54");
    }

    @Test
    void customersAndPurchasesOfASeedAreWhatTheyAlwaysWere() throws Exception {
        SpendingGenerator.of(123, 2_000).write(folder.toString());

        assertThat(digest()).isEqualTo("de05b7bc798f2d0d7917eeb1db8ce48757e8fa33351d4ffa3cb85e5a9090c4a3");
    }

    @Test
    void customersAndProductsOfOrdersOfASeedAreWhatTheyAlwaysWere() throws Exception {
        OrderGenerator orders = OrderGenerator.of(OrderPlan.of(123, Instant.parse("2026-01-31T06:00:00Z")));
        orders.writeCustomers(folder.toString());
        orders.writeProducts(folder + "/products.csv");

        assertThat(digest()).isEqualTo("10c3e71dab366616f2a5b02ddf12a5d4e18c8f37983a932a64bfdb6f3e0a14e3");
    }

    /** Of all files, by name. */
    private String digest() throws IOException, NoSuchAlgorithmException {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                sha.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
                sha.update(Files.readAllBytes(file));
            }
        }
        return HexFormat.of().formatHex(sha.digest());
    }
}
