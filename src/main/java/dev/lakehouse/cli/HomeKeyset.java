package dev.lakehouse.cli;

import dev.lakehouse.UserError;
import dev.lakehouse.local.Home;
import dev.lakehouse.privacy.Keyset;
import dev.lakehouse.secrets.SecretReference;

/** The keys of a home's pseudonyms. */
final class HomeKeyset {
    private static final String NAME = "pseudonyms";

    private HomeKeyset() {}

    /** The reference to the keys, which are created if there are none. */
    static SecretReference made(Home home) {
        home.secret(NAME, () -> Keyset.create().secretText());
        return SecretReference.file(home.directory().resolve("keys").resolve(NAME));
    }

    /** The keys of the home, or the keys that a user named. */
    static Keyset existing(Home home, SecretReference named) {
        if (named != null) {
            return Keyset.read(named);
        }
        return Keyset.read(home.existingSecret(NAME)
                .orElseThrow(() -> new UserError(
                        "There are no keys in the home " + home.directory() + ".",
                        "The first run of a product with pseudonyms creates them.",
                        "Give the home of the pseudonyms with --home, or their keyset with --keyset.")));
    }

    /** Adds a key for all new pseudonyms, or creates the first key. */
    static Keyset rotated(Home home) {
        Keyset keyset = home.existingSecret(NAME)
                .map(secret -> Keyset.read(secret).rotated())
                .orElseGet(Keyset::create);
        home.replaceSecret(NAME, keyset.secretText());
        return keyset;
    }
}
