package dev.lakehouse.privacy;

import java.io.Serializable;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed hashes: HMAC-SHA-256 (RFC 2104), in 64 hexadecimal digits. Equal values have equal hashes. Nobody can compute a value from
 * its hash, and without the key nobody can try out values either. Each purpose has a key of its own, so equal values of two purposes
 * have different hashes.
 *
 * <p>Serialised to executors with its key, like {@link Pseudonyms}.
 */
public final class KeyedHash implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String ALGORITHM = "HmacSHA256";

    private final String purpose;
    private final byte[] key;
    private transient Mac mac;

    private KeyedHash(String purpose, byte[] key) {
        this.purpose = purpose;
        this.key = key;
    }

    /** Hashes by a key that is derived from the keyset's primary key. */
    public static KeyedHash of(String purpose, Keyset keyset) {
        return new KeyedHash(purpose, keyset.derived(purpose));
    }

    /** The hash of a value. */
    public synchronized String of(byte[] value) {
        try {
            if (mac == null) {
                mac = Mac.getInstance(ALGORITHM);
                mac.init(new SecretKeySpec(key, ALGORITHM));
            }
            return HexFormat.of().formatHex(mac.doFinal(value));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java has HMAC-SHA-256", e);
        }
    }

    /** Shows only the purpose. */
    @Override
    public String toString() {
        return "KeyedHash of " + purpose;
    }
}
