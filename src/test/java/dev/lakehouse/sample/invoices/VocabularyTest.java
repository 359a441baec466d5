package dev.lakehouse.sample.invoices;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class VocabularyTest {
    @Test
    void namesItemsAndPricesAreTheSameOnEveryMachine() throws Exception {
        byte[] words = Vocabulary.draw().toString().getBytes(StandardCharsets.UTF_8);

        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(words)))
                .isEqualTo("1656856b58a9661dd11883ebf14058a93d6c745b06e98a7497eaed4621143bca");
    }
}
