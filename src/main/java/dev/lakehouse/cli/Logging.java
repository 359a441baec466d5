package dev.lakehouse.cli;

import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sends the log to a file of the home. */
final class Logging {
    // Held here, because java.util.logging forgets a logger, and its level, that nobody holds.
    private static final Logger OURS = Logger.getLogger("dev.lakehouse");

    private static boolean isOn;

    private Logging() {}

    /** To be called before anything logs: the logging library reads these properties once. */
    static void to(Path folder, boolean terminalToo) {
        System.setProperty("lakehouse.log", folder.resolve("lakehouse.log").toString());
        System.setProperty("lakehouse.terminal.level", terminalToo ? "INFO" : "OFF");
        System.setProperty("log4j2.configurationFile", "classpath:dev/lakehouse/cli/log4j2.properties");
        // System.Logger writes to java.util.logging, whose own handler writes to the terminal.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        OURS.setLevel(Level.FINE);
        isOn = true;
    }

    /** Whether the home's log is there; before a home is open, logging would write to the terminal. */
    static boolean isOn() {
        return isOn;
    }
}
