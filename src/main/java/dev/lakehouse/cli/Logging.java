package dev.lakehouse.cli;

import java.nio.file.Path;

/** Sends the log to a file of the home. */
final class Logging {
    private Logging() {}

    /** To be called before anything logs: the logging library reads these properties once. */
    static void to(Path home, boolean terminalToo) {
        System.setProperty(
                "lakehouse.log", home.resolve("logs").resolve("lakehouse.log").toString());
        System.setProperty("lakehouse.terminal.level", terminalToo ? "INFO" : "OFF");
        System.setProperty("log4j2.configurationFile", "classpath:dev/lakehouse/cli/log4j2.properties");
    }
}
