package dev.lakehouse.cli;

import java.nio.file.Path;

/** Sends the log to a file of the home. */
final class Logging {
    private static boolean isOn;

    private Logging() {}

    /** To be called before anything logs: the logging library reads these properties once. */
    static void to(Path folder, boolean terminalToo) {
        System.setProperty("lakehouse.log", folder.resolve("lakehouse.log").toString());
        System.setProperty("lakehouse.terminal.level", terminalToo ? "INFO" : "OFF");
        System.setProperty("log4j2.configurationFile", "classpath:dev/lakehouse/cli/log4j2.properties");
        isOn = true;
    }

    /** Whether the home's log is there; before a home is open, logging would write to the terminal. */
    static boolean isOn() {
        return isOn;
    }
}
