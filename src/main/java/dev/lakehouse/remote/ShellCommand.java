package dev.lakehouse.remote;

import java.util.Optional;
import java.util.regex.Pattern;

/** Commands of the Databricks CLI, to be pasted into a shell as they are. */
record ShellCommand(Optional<String> profile) {
    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

    /** A command, every word quoted where a shell would change it. */
    String of(String... words) {
        StringBuilder command = new StringBuilder("databricks");
        for (String word : words) {
            command.append(' ').append(quoted(word));
        }
        profile.ifPresent(name -> command.append(" --profile ").append(quoted(name)));
        return command.toString();
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
