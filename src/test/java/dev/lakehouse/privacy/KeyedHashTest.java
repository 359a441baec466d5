package dev.lakehouse.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.testing.TestLakehouse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class KeyedHashTest {
    private static final byte[] VALUE = "jane@example.org".getBytes(StandardCharsets.UTF_8);

    private final Keyset keyset = Keyset.create();

    @Test
    void aHashIsAnHmacByAKeyThatIsDerivedFromThePrimaryKey() throws GeneralSecurityException {
        byte[] derived = keyset.derived("column email");

        assertThat(derived).hasSize(32);
        assertThat(KeyedHash.of("column email", keyset).of(VALUE))
                .isEqualTo(HexFormat.of().formatHex(hmac(derived, VALUE)))
                .hasSize(64);
    }

    private static byte[] hmac(byte[] key, byte[] value) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(value);
    }

    @Test
    void hashesOfOtherPurposesAndKeysDifferAndThoseOfTheSameKeyDoNot() {
        String hash = KeyedHash.of("column email", keyset).of(VALUE);
        Keyset again = Keyset.read(TestLakehouse.fresh().secretFile(keyset.secretText()));

        assertThat(KeyedHash.of("column email", again).of(VALUE)).isEqualTo(hash);
        assertThat(KeyedHash.of("column phone", keyset).of(VALUE)).isNotEqualTo(hash);
        assertThat(KeyedHash.of("column email", keyset.rotated()).of(VALUE)).isNotEqualTo(hash);
        assertThat(KeyedHash.of("column email", Keyset.create()).of(VALUE)).isNotEqualTo(hash);
    }

    @Test
    void itIsSentToExecutorsAndItsTextHasNoKey() throws IOException, ClassNotFoundException {
        KeyedHash hashes = KeyedHash.of("column email", keyset);
        String hash = hashes.of(VALUE);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(hashes);

        Object sent = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

        assertThat(((KeyedHash) sent).of(VALUE)).isEqualTo(hash);
        assertThat(hashes).hasToString("KeyedHash of column email");
    }
}
