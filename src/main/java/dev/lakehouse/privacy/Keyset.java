package dev.lakehouse.privacy;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.daead.AesSivKey;
import com.google.crypto.tink.daead.AesSivParameters;
import com.google.crypto.tink.daead.DeterministicAeadConfig;
import com.google.crypto.tink.daead.PredefinedDeterministicAeadParameters;
import com.google.crypto.tink.subtle.Hkdf;
import dev.lakehouse.UserError;
import dev.lakehouse.secrets.SecretReference;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The keys of pseudonyms in Tink's JSON: AES-SIV with 256 bits for each of its two halves. The primary key makes new
 * pseudonyms; older keys, from before a rotation, still read old ones. {@link #toString} shows only the keys' numbers.
 */
public final class Keyset {
    static {
        try {
            DeterministicAeadConfig.register();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink has AES-SIV", e);
        }
    }

    private static final int DERIVED_OCTETS = 32;

    private final KeysetHandle keys;

    private Keyset(KeysetHandle keys) {
        this.keys = keys;
    }

    /** A keyset of one new key. */
    public static Keyset create() {
        return new Keyset(built(KeysetHandle.newBuilder().addEntry(newPrimary())));
    }

    /**
     * Reads the keyset from a secret.
     *
     * @throws UserError if the secret cannot be read or is not a keyset
     */
    public static Keyset read(SecretReference secret) {
        String text = secret.resolve();
        KeysetHandle keys;
        try {
            keys = TinkJsonProtoKeysetFormat.parseKeyset(text, InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException | RuntimeException e) {
            // Not passed as the origin, because a parser's message may quote the secret.
            throw noKeyset(secret, "It is not a keyset in Tink's JSON.");
        }
        if (!IntStream.range(0, keys.size()).allMatch(i -> isOurs(keys.getAt(i)))) {
            throw noKeyset(
                    secret, "It has a key that is not for AES-SIV, or whose pseudonyms would not contain its number.");
        }
        return new Keyset(keys);
    }

    /** Reads the text that {@link #secretText()} returns. */
    static Keyset of(String secretText) {
        try {
            return new Keyset(TinkJsonProtoKeysetFormat.parseKeyset(secretText, InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The text of a keyset that was read before cannot be read");
        }
    }

    private static boolean isOurs(KeysetHandle.Entry entry) {
        return entry.getKey().getParameters() instanceof AesSivParameters parameters
                && parameters.getVariant() == AesSivParameters.Variant.TINK;
    }

    /** The same keys and a new primary key. Pseudonyms of the old keys stay readable. */
    public Keyset rotated() {
        return new Keyset(built(KeysetHandle.newBuilder(keys).addEntry(newPrimary())));
    }

    /** The secret itself, only for the file or the secret scope that stores it. */
    public String secretText() {
        try {
            return TinkJsonProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A keyset can be written", e);
        }
    }

    /** The number of the primary key. Each new pseudonym contains it; it is not secret. */
    public String primary() {
        return number(keys.getPrimary().getId());
    }

    /** The numbers of all keys that can read. */
    public Set<String> readable() {
        Set<String> numbers = new LinkedHashSet<>();
        IntStream.range(0, keys.size())
                .mapToObj(keys::getAt)
                .filter(entry -> entry.getStatus() == KeyStatus.ENABLED)
                .forEach(entry -> numbers.add(number(entry.getId())));
        return numbers;
    }

    /** A key of 256 bits for one purpose, derived from the primary key (HKDF, RFC 5869). */
    @AccessesPartialKey // the bytes go nowhere but into the derivation
    byte[] derived(String purpose) {
        try {
            byte[] primary =
                    ((AesSivKey) keys.getPrimary().getKey()).getKeyBytes().toByteArray(InsecureSecretKeyAccess.get());
            byte[] use = ("lakehouse " + purpose).getBytes(StandardCharsets.UTF_8);
            return Hkdf.computeHkdf("HMACSHA256", primary, new byte[0], use, DERIVED_OCTETS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A key can be derived from another one", e);
        }
    }

    KeysetHandle handle() {
        return keys;
    }

    /** As eight hexadecimal digits. */
    static String number(int keyId) {
        return String.format(java.util.Locale.ROOT, "%08x", keyId);
    }

    private static KeysetHandle.Builder.Entry newPrimary() {
        return KeysetHandle.generateEntryFromParameters(PredefinedDeterministicAeadParameters.AES256_SIV)
                .withRandomId()
                .makePrimary();
    }

    private static KeysetHandle built(KeysetHandle.Builder builder) {
        try {
            return builder.build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A keyset with one more key can be built", e);
        }
    }

    private static UserError noKeyset(SecretReference secret, String why) {
        return new UserError(
                "The secret " + secret + " is not a keyset for pseudonyms.",
                why,
                "Give the secret with the keyset; 'lakehouse keys rotate' creates one in an empty home.");
    }

    @Override
    public String toString() {
        return "Keyset" + Arrays.toString(readable().toArray()) + ", primary " + primary();
    }
}
