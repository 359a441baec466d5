package dev.lakehouse.cli;

import dev.lakehouse.Percentage;
import dev.lakehouse.members.Changed;
import dev.lakehouse.members.Filled;
import dev.lakehouse.members.MemberGenerator;
import dev.lakehouse.members.MembersSource;
import dev.lakehouse.source.mysql.MySqlServer;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.Locale;

/** Generated members, told to a person. */
record Members(long seed, LocalDate asOf, PrintStream out) {
    static final long ROWS = 1_000;
    static final long SEED = 123;

    /** Makes and fills the source table. */
    void fill(MySqlServer server, long rows) {
        long start = System.nanoTime();
        Filled filled;
        try (Terminal.Progress progress = Terminal.progress("generate", rows)) {
            filled = MembersSource.of(server).fill(MemberGenerator.of(seed, rows, asOf), progress);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        out.printf(
                Locale.ROOT,
                "Generated %,d members (seed %d, as of %s) by %s: %.1f s, %,.0f rows/s%n",
                filled.rows(),
                seed,
                asOf,
                filled.way(),
                seconds,
                filled.rows() / seconds);
    }

    /** Alters a share of what is there. */
    void change(MySqlServer server, Percentage share) {
        MembersSource source = MembersSource.of(server);
        Changed changed;
        try (Terminal.Progress progress = Terminal.progress("change", source.rows())) {
            changed = source.change(share, seed, asOf, progress);
        }
        out.printf(
                Locale.ROOT,
                "Changed %s of members (seed %d): %,d updated, %,d deleted, %,d inserted%n",
                share,
                seed,
                changed.updated(),
                changed.deleted(),
                changed.inserted());
    }
}
