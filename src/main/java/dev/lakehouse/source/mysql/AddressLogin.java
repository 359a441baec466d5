package dev.lakehouse.source.mysql;

import dev.lakehouse.UserError;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Refuses logins in addresses, because addresses appear in commands, messages, the ledger and manifests. The driver
 * accepts a login before a host ({@code user:password@host}), as a property of a host ({@code (host=…,password=…)}) and
 * as an option.
 */
final class AddressLogin {
    /** The name of an option or of a host's property. */
    private static final Pattern NAME = Pattern.compile("[?&(,]\\s*([^?&(,=]+?)\\s*=");

    /** Includes {@code password1} and the passwords of key stores, but not {@code passwordCharacterEncoding}. */
    private static final Pattern LOGIN = Pattern.compile("user|.*password\\d?", Pattern.CASE_INSENSITIVE);

    private AddressLogin() {}

    /** Refuses an address that contains a user or a password. The message does not repeat it. */
    static void refuse(String url) {
        boolean beforeHost =
                url.replaceFirst("(?s)\\?.*", "").contains("@") || url.matches("(?s)jdbc:mysql://[^/]*@.*");
        boolean named = NAME.matcher(url).results().anyMatch(match -> LOGIN.matcher(decoded(match.group(1)))
                .matches());
        if (beforeHost || named) {
            throw new UserError(
                    "The MySQL address contains a user or a password.",
                    "Addresses appear in commands, messages and logs, which must not contain secrets.",
                    "Remove the login from the address. Give the user, and a reference to its password (env:NAME or"
                            + " file:PATH), by their own options.");
        }
    }

    /** Decodes a name as the driver does. */
    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
