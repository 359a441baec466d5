package dev.lakehouse.source.mysql;

import dev.lakehouse.UserError;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Keeps logins out of addresses, which stand in commands, messages, the ledger and manifests. The driver takes one in
 * front of a host ({@code user:password@host}), as a property of a host ({@code (host=…,password=…)}) and as an option.
 */
final class AddressLogin {
    /** The name of an option or of a host's property. */
    private static final Pattern NAME = Pattern.compile("[?&(,]\\s*([^?&(,=]+?)\\s*=");

    /** Also {@code password1} and the passwords of key stores; not {@code passwordCharacterEncoding}. */
    private static final Pattern LOGIN = Pattern.compile("user|.*password\\d?", Pattern.CASE_INSENSITIVE);

    private AddressLogin() {}

    /** Refuses an address that holds a user or a password, without repeating it. */
    static void refuse(String url) {
        boolean beforeHost =
                url.replaceFirst("(?s)\\?.*", "").contains("@") || url.matches("(?s)jdbc:mysql://[^/]*@.*");
        boolean named = NAME.matcher(url).results().anyMatch(match -> LOGIN.matcher(decoded(match.group(1)))
                .matches());
        if (beforeHost || named) {
            throw new UserError(
                    "The MySQL address holds a user or a password.",
                    "Addresses stand in commands, messages and logs, where no secret belongs.",
                    "Leave the login out of the address: options of their own name the user, and where its password is"
                            + " kept (env:NAME or file:PATH).");
        }
    }

    /** As the driver reads it. */
    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
