package dev.lakehouse.sample;

import java.util.function.Consumer;

/** A subcommand of the command line that a sample brings: its class has picocli's {@code @Command} and options. */
public interface SampleCommand {
    /** What the options ask for. Checks them, as nothing has started yet. */
    Consumer<SampleTarget> work();
}
