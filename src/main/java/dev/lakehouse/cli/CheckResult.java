package dev.lakehouse.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a check has found.
 *
 * @param subject of the check, such as {@code home}
 * @param text what was found
 * @param why the cause; may be empty
 * @param fix how to fix it; empty if nothing is wrong
 */
record CheckResult(State state, String subject, String text, String why, String fix) {
    /** Only a problem makes a run fail. */
    enum State {
        OK,
        NOTE,
        WARNING,
        PROBLEM
    }

    boolean isProblem() {
        return state == State.PROBLEM;
    }

    /** The lines to print. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(Locale.ROOT, "%-8s %-9s %s", state.name().toLowerCase(Locale.ROOT), subject, line(text)));
        if (!why.isEmpty()) {
            lines.add("           why:  " + line(why));
        }
        if (!fix.isEmpty()) {
            lines.add("           fix:  " + line(fix));
        }
        return lines;
    }

    /** Texts contain names from servers and files, whose control characters could change the terminal. */
    private static String line(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}|\\p{Cf}", "").strip();
    }
}
