package dev.lakehouse.cli;

import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sends the log to a file of the home. */
final class Logging {
    // A strong reference, because java.util.logging may discard a logger and its level.
    private static final Logger OURS = Logger.getLogger("dev.lakehouse");

    private static boolean isOn;

    private Logging() {}

    /** Must be called before anything is logged, because the logging library reads these properties only once. */
    static void to(Path folder, boolean terminalToo) {
        System.setProperty("lakehouse.log", folder.resolve("lakehouse.log").toString());
        System.setProperty("lakehouse.terminal.level", terminalToo ? "INFO" : "OFF");
        System.setProperty("log4j2.configurationFile", "classpath:dev/lakehouse/cli/log4j2.properties");
        // System.Logger uses java.util.logging, whose default handler writes to the terminal.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        OURS.setLevel(Level.FINE);
        isOn = true;
    }

    /** For a command that must not create a home: sends the log nowhere, or to the terminal. */
    static void withoutFile(boolean terminal) {
        System.setProperty("log4j2.level", terminal ? "INFO" : "OFF");
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        // The first user starts the library, which complains if several threads are the first.
        LoggerFactory.getILoggerFactory();
    }

    /** Whether the home's log is set up. Before that, logging would write to the terminal. */
    static boolean isOn() {
        return isOn;
    }
}
