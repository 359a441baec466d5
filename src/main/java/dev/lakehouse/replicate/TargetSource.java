package dev.lakehouse.replicate;

import dev.lakehouse.UserError;
import dev.lakehouse.extract.Landing;
import dev.lakehouse.source.mysql.SourceIdentity;
import dev.lakehouse.spark.SqlText;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which table of which source a Delta table is loaded from. The Delta table keeps it in its properties, so that no other
 * source's rows ever take the place of its own.
 *
 * @param source the source's name in the landing
 * @param table the source's table
 */
record TargetSource(String source, String table) {
    private static final String SOURCE = "lakehouse.source";
    private static final String TABLE = "lakehouse.source_table";

    static TargetSource of(Landing landing) {
        return new TargetSource(landing.source(), landing.table());
    }

    /** As CREATE TABLE and ALTER TABLE take them. */
    String properties() {
        return SqlText.literal(SOURCE) + " = " + SqlText.literal(source) + ", " + SqlText.literal(TABLE) + " = "
                + SqlText.literal(table);
    }

    /**
     * Refuses a target that is loaded from elsewhere.
     *
     * @param foreign where the extract comes from that the target was loaded from last, if that is known to be another
     *     source; it decides for a table that does not say yet what it is loaded from
     */
    void check(TargetTable target, Supplier<Optional<SourceIdentity>> foreign) {
        if (!target.exists()) {
            return;
        }
        if (target.isQuarantine()) {
            throw new UserError(
                    target.name() + " holds the quarantined rows of another table.",
                    "The name is made of that table's and _quarantine.",
                    "Load '" + table + "' into a table of another name (--target).");
        }
        Optional<TargetSource> known = in(target.properties());
        if (known.isPresent()) {
            checkSame(target, known.get());
        } else {
            foreign.get().ifPresent(other -> refuse(target, other));
        }
    }

    private void refuse(TargetTable target, SourceIdentity other) {
        throw new UserError(
                target.name() + " was loaded from another source than '" + source + "'.",
                "Its last extract comes from " + other.address() + ".",
                "Give --source or --target of the tables that belong together. If " + target.name() + " is to follow '"
                        + source + "' from now on, run this, then load again:\nALTER TABLE " + target.nameForPeople()
                        + " SET TBLPROPERTIES (" + properties() + ");");
    }

    /** Refuses a quarantine that is another table's, or no quarantine at all. */
    void checkQuarantine(TargetTable quarantine) {
        if (!quarantine.exists()) {
            return;
        }
        if (!quarantine.isQuarantine()) {
            throw new UserError(
                    quarantine.name() + " cannot take the quarantined rows of '" + table + "'.",
                    "It is a table of its own, which has no column _reasons.",
                    "Load '" + table + "' into a table of another name (--target).");
        }
        in(quarantine.properties()).ifPresent(other -> checkSame(quarantine, other));
    }

    private void checkSame(TargetTable target, TargetSource other) {
        if (!equals(other)) {
            throw new UserError(
                    target.name() + " is loaded from " + other.text() + ", not from " + text() + ".",
                    "Rows of the one would replace those of the other.",
                    "Give --source and --table of the table that it is loaded from, or a table of its own for " + text()
                            + " (--target).");
        }
    }

    /**
     * Has a table remember what it is loaded from.
     *
     * @return how many commits that took: none where it knows already
     */
    long remember(TargetTable target) {
        Optional<TargetSource> known = in(target.properties());
        if (known.isPresent()) {
            checkSame(target, known.get()); // another load may have been the first one meanwhile
            return 0;
        }
        target.set(properties());
        return 1;
    }

    private static Optional<TargetSource> in(Map<String, String> properties) {
        return properties.containsKey(SOURCE) && properties.containsKey(TABLE)
                ? Optional.of(new TargetSource(properties.get(SOURCE), properties.get(TABLE)))
                : Optional.empty();
    }

    private String text() {
        return "'" + table + "' of source '" + source + "'";
    }
}
