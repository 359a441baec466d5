package dev.lakehouse.source.mysql;

import dev.lakehouse.UserError;
import dev.lakehouse.privacy.KeyedHash;
import dev.lakehouse.privacy.Keyset;
import dev.lakehouse.privacy.Pseudonyms;
import dev.lakehouse.secrets.SecretReference;
import java.nio.charset.StandardCharsets;

/**
 * The key of masks: the primary key of a keyset of pseudonyms. Hashes use keys that are derived from it, one for each column.
 * {@link #toString} shows only its number.
 */
public final class MaskKey {
    private static final int FINGERPRINT_LENGTH = 16;

    private final Keyset keyset;
    private final KeyedHash sums;

    private MaskKey(Keyset keyset) {
        this.keyset = keyset;
        this.sums = KeyedHash.of("sums", keyset);
    }

    /** The key of a keyset. */
    public static MaskKey of(Keyset keyset) {
        return new MaskKey(keyset);
    }

    static MaskKey read(SecretReference secret) {
        return of(Keyset.read(secret));
    }

    static UserError missing(String cause) {
        return new UserError(
                "There is no key for the masks.",
                cause,
                "Give --mask-key with a reference to a keyset: env:NAME, file:PATH or databricks:SCOPE/KEY."
                        + " 'lakehouse keys rotate' creates one.");
    }

    /** The key's number, which is not secret, and a keyed hash that only this key gives. */
    public String fingerprint() {
        return number() + "-"
                + KeyedHash.of("fingerprint", keyset).of(new byte[0]).substring(0, FINGERPRINT_LENGTH);
    }

    /** The key's number, as pseudonyms contain it. */
    public String number() {
        return keyset.primary();
    }

    /**
     * The keyed hash of a sum over rows in clear, the only form in which it is stored: the sum over a single row would confirm a
     * guess.
     */
    public String hash(RangeSum sum) {
        return sums.of((sum.rows() + " " + sum.checksum().toPlainString()).getBytes(StandardCharsets.US_ASCII));
    }

    /** The hashes of a column's values. */
    KeyedHash hashes(String column) {
        return KeyedHash.of("column " + column, keyset);
    }

    /** The pseudonyms of a column's values, as every product makes them. */
    Pseudonyms pseudonyms(String column) {
        return Pseudonyms.of(column, keyset);
    }

    @Override
    public String toString() {
        return "MaskKey " + number();
    }
}
