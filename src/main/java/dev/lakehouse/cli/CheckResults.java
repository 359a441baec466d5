package dev.lakehouse.cli;

import dev.lakehouse.UserError;
import dev.lakehouse.cli.CheckResult.State;
import java.util.ArrayList;
import java.util.List;

/** Collects the results of checks of one subject. */
final class CheckResults {
    private final String subject;
    private final List<CheckResult> found = new ArrayList<>();

    CheckResults(String subject) {
        this.subject = subject;
    }

    void ok(String text) {
        add(new CheckResult(State.OK, subject, text, "", ""));
    }

    /** Adds what is good to know, and neither right nor wrong. */
    void note(String text) {
        add(new CheckResult(State.NOTE, subject, text, "", ""));
    }

    /** Adds what a run survives. */
    void warning(String text, String fix) {
        add(new CheckResult(State.WARNING, subject, text, "", fix));
    }

    void problem(String text, String fix) {
        add(new CheckResult(State.PROBLEM, subject, text, "", fix));
    }

    void problem(UserError error) {
        add(of(State.PROBLEM, error));
    }

    void warning(UserError error) {
        add(of(State.WARNING, error));
    }

    private CheckResult of(State state, UserError error) {
        return new CheckResult(state, subject, error.problem(), error.cause(), error.fix());
    }

    private synchronized void add(CheckResult result) {
        found.add(result);
    }

    /** What was found so far. */
    synchronized List<CheckResult> all() {
        return List.copyOf(found);
    }
}
