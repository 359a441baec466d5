package dev.lakehouse.task;

/** The main class of a task, which can check its arguments before it runs. */
public interface AcceptsArguments {

    /**
     * Checks arguments against the options without running anything. A wrong argument throws a
     * {@link dev.lakehouse.UserError}.
     */
    void parse(String... arguments);
}
