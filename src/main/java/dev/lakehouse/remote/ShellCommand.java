package dev.lakehouse.remote;

import java.util.Optional;
import java.util.regex.Pattern;

/** Commands of the Databricks CLI that can be pasted into a shell. */
record ShellCommand(Optional<String> profile) {
    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

    /** A command, with quotes around words that a shell would change. */
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
