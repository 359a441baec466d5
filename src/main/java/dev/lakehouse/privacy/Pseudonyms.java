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
 * equal pseudonyms under the same key, the key is needed to read them, and a pseudonym that was altered or is from
 * another column is refused. The column's name is the associated data, so equal values of two columns have different
 * pseudonyms.
 *
 * <p>A pseudonym is Tink's ciphertext in base64 for URLs without padding: a byte 1, the key's number (4 bytes), the
 * synthetic initialisation vector (16 bytes) and as many bytes as the value has in UTF-8. So it reveals a value's
 * length.
 *
 * <p>Serialised to executors with the keys. Only the closure contains the keys, never a plan, a setting or a text. Each
 * task reads them once.
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

    /** The pseudonym of a value under the primary key; null for null. */
    public String pseudonym(String value) {
        return value == null ? null : pseudonymOf(value.getBytes(StandardCharsets.UTF_8));
    }

    /** The same for a value that is not null, in UTF-8. */
    public String pseudonymOf(byte[] value) {
        try {
            return text(cipher().encryptDeterministically(value, associatedData()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A value could not be encrypted", e);
        }
    }

    /**
     * The value of a pseudonym that any key of the keyset made.
     *
     * @throws UserError if it is not a pseudonym, was not made with one of the keys, was altered, or is from another
     *     column
     */
    public String reveal(String pseudonym) {
        byte[] sealed = bytes(pseudonym);
        String key = Keyset.number(ByteBuffer.wrap(sealed, 1, Integer.BYTES).getInt());
        if (!keyset().readable().contains(key)) {
            throw new UserError(
                    "The pseudonym cannot be read with this keyset.",
                    "It was made with the key " + key + "; the keyset has " + String.join(", ", keyset().readable())
                            + ".",
                    "Give the keyset that has this key with --keyset. 'keys rotate' never removes a key.");
        }
        try {
            return new String(cipher().decryptDeterministically(sealed, associatedData()), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new UserError(
                    "The pseudonym cannot be read.",
                    "Its key is in the keyset, but it was altered or is not from the column '" + column + "'.",
                    "Copy the whole pseudonym, and give its column with --column.");
        }
    }

    /**
     * The pseudonym of the same value under the primary key. It joins data from before a rotation with data from after
     * it.
     */
    public String renewed(String pseudonym) {
        return pseudonym(reveal(pseudonym));
    }

    /**
     * A column's pseudonyms. Spark has no built-in function for AES-SIV (its {@code aes_encrypt} has GCM, CBC and ECB,
     * none of which is deterministic and authenticated), so this is a user-defined function.
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

    /** The message does not repeat the text, because it may be a personal value. */
    private static UserError noPseudonym() {
        return new UserError(
                "The text is not a pseudonym.",
                "Pseudonyms have at least 28 letters, digits, '-' and '_', and begin with 'A'.",
                "Copy the whole pseudonym from the table.");
    }

    /** Shows only the column. */
    @Override
    public String toString() {
        return "Pseudonyms of " + column;
    }
}
