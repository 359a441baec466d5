package dev.lakehouse.sample;

import java.util.function.Consumer;

/** A subcommand that a sample adds to the command line. Its class has picocli's {@code @Command} and options. */
public interface SampleCommand {
    /** The action of the options, which are checked before anything is started. */
    Consumer<SampleTarget> work();
}
