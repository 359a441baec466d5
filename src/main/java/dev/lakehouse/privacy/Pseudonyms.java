package dev.lakehouse.privacy;

import com.google.crypto.tink.DeterministicAead;
import com.google.crypto.tink.RegistryConfiguration;
import dev.lakehouse.UserError;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Pseudonyms of one column's values, by deterministic authenticated encryption (AES-SIV, RFC 5297): equal values have
 * equal pseudonyms under the same key, who holds the key can read them, and one that was altered, or comes from another
 * column, is refused. The column's name is the associated data, so that equal values of two columns do not show as equal.
 *
 * <p>A pseudonym is Tink's ciphertext in base64 for URLs without padding: a byte 1, the key's number (4 bytes), the
 * synthetic initialisation vector (16 bytes) and as many bytes as the value has in UTF-8. So it tells a value's length.
 *
 * <p>Goes to executors by serialisation, with the keys inside: they stand in the closure alone, never in a plan, a setting
 * or a text. Each task reads them once.
 */
public final class Pseudonyms implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int VERSION_AND_KEY = 5;
    private static final int SHORTEST = VERSION_AND_KEY + 16;

    private final String column;
    private final String secretText;
    private transient Keyset keyset;
    private transient DeterministicAead cipher;

    private Pseudonyms(String column, Keyset keyset) {
        this.column = column;
        this.secretText = keyset.secretText();
        this.keyset = keyset;
    }

    /** Pseudonyms of a column. */
    public static Pseudonyms of(String column, Keyset keyset) {
        return new Pseudonyms(column, keyset);
    }

    /** The pseudonym of a value under the primary key; null of null. */
    public String pseudonym(String value) {
        if (value == null) {
            return null;
        }
        try {
            byte[] sealed = cipher().encryptDeterministically(value.getBytes(StandardCharsets.UTF_8), associatedData());
            return text(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A value could not be encrypted", e);
        }
    }

    /**
     * The value behind a pseudonym, whichever key of the keyset made it.
     *
     * @throws UserError if it is no pseudonym, if none of the keys made it, or if it was altered or is another column's
     */
    public String reveal(String pseudonym) {
        byte[] sealed = bytes(pseudonym);
        String key = Keyset.number(ByteBuffer.wrap(sealed, 1, Integer.BYTES).getInt());
        if (!keyset().readable().contains(key)) {
            throw new UserError(
                    "The pseudonym cannot be read with this keyset.",
                    "It was made with the key " + key + "; the keyset has " + String.join(", ", keyset().readable())
                            + ".",
                    "Name the keyset that has that key by --keyset; a key is never taken out by 'keys rotate'.");
        }
        try {
            return new String(cipher().decryptDeterministically(sealed, associatedData()), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new UserError(
                    "The pseudonym cannot be read.",
                    "It names the right key, but it was altered, or it is of another column than '" + column + "'.",
                    "Copy it whole, and name its column by --column.");
        }
    }

    /** The pseudonym of the same value under the primary key: what joins data from before a rotation to data after it. */
    public String renewed(String pseudonym) {
        return pseudonym(reveal(pseudonym));
    }

    /**
     * A column's pseudonyms. Spark has no built-in function for AES-SIV (its {@code aes_encrypt} has GCM, CBC and ECB, none
     * of which is deterministic and authenticated), so this is a function of our own.
     */
    public Column of(Column values) {
        UDF1<String, String> pseudonym = this::pseudonym;
        return functions
                .udf(pseudonym, DataTypes.StringType)
                .withName("pseudonym")
                .apply(values);
    }

    private DeterministicAead cipher() throws GeneralSecurityException {
        if (cipher == null) {
            cipher = keyset().handle().getPrimitive(RegistryConfiguration.get(), DeterministicAead.class);
        }
        return cipher;
    }

    private Keyset keyset() {
        if (keyset == null) {
            keyset = Keyset.of(secretText);
        }
        return keyset;
    }

    private byte[] associatedData() {
        return column.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] sealed) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    private static byte[] bytes(String pseudonym) {
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(pseudonym);
        } catch (IllegalArgumentException e) {
            throw noPseudonym();
        }
        if (sealed.length < SHORTEST || sealed[0] != 1 || !text(sealed).equals(pseudonym)) {
            throw noPseudonym();
        }
        return sealed;
    }

    /** The text is not repeated: it may be the very value that somebody wants to keep to himself. */
    private static UserError noPseudonym() {
        return new UserError(
                "That is no pseudonym.",
                "Pseudonyms have at least 28 letters, digits, '-' and '_', and begin with 'A'.",
                "Copy it whole, as it stands in the table.");
    }

    /** Names the column and the keys' numbers only. */
    @Override
    public String toString() {
        return "Pseudonyms of " + column;
    }
}
