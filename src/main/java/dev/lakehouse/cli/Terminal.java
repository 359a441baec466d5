package dev.lakehouse.cli;

import java.util.Locale;

/** Whether a person watches, and what is printed for one. */
final class Terminal {
    private Terminal() {}

    /** The width of the terminal for output and errors, as the launcher found it; 0 without a terminal. */
    static int columns() {
        return Integer.getInteger("lakehouse.terminal", 0);
    }

    /** Whether a person types, too, as the launcher found it. */
    static boolean isInteractive() {
        return columns() > 0 && Boolean.getBoolean("lakehouse.interactive");
    }

    /** Prints a line of results: a text, or a format with values. */
    static void say(String form, Object... values) {
        System.out.println(values.length == 0 ? form : String.format(Locale.ROOT, form, values));
    }

    /** Prints a line that is not part of the results to standard error, so that results can be piped. */
    static void sayAside(String line) {
        System.err.println(line);
    }
}
