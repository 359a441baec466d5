package dev.lakehouse.task;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import picocli.CommandLine.Option;

/** The options of every task. */
final class TaskOptions {
    @Option(
            names = "--run-id",
            defaultValue = "manual",
            description = "Run of the workflow, as the ledger shows it (default: ${DEFAULT-VALUE})")
    private String runId;

    @Option(names = "--catalog", defaultValue = "", description = "Catalogue of the tables; without it the current one")
    private String catalog;

    @Option(
            names = "--warehouse",
            defaultValue = "",
            description = "Location under which tables are stored as SCHEMA/TABLE; without it the catalogue manages it")
    private String warehouse;

    @Option(
            names = TableDefaults.SETTINGS,
            defaultValue = "",
            paramLabel = "sources/NAME.yml",
            description =
                    "File with the settings of tables, packed in the jar: the defaults of the other options for the"
                            + " table of --table")
    void settings(String file) {
        // TableDefaults reads it before the other options.
    }

    @Option(
            names = "--now",
            paramLabel = "INSTANT",
            description =
                    "The task uses this time as the current time (UTC, such as 2026-01-31T06:00:00Z); default: now")
    private Instant now;

    String runId() {
        return runId;
    }

    String catalog() {
        return catalog;
    }

    String warehouse() {
        return warehouse;
    }

    Clock clock() {
        return now == null ? Clock.systemUTC() : Clock.fixed(now, ZoneOffset.UTC);
    }
}
