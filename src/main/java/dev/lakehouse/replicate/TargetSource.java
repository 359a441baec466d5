package dev.lakehouse.replicate;

import dev.lakehouse.UserError;
import dev.lakehouse.extract.Landing;
import dev.lakehouse.source.mysql.SourceIdentity;
import dev.lakehouse.spark.SqlText;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The source and the table that a Delta table is loaded from. They are stored in the properties of the Delta table, so
 * that rows of another source never replace its rows.
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

    /** The properties in the syntax of CREATE TABLE and ALTER TABLE. */
    String properties() {
        return SqlText.literal(SOURCE) + " = " + SqlText.literal(source) + ", " + SqlText.literal(TABLE) + " = "
                + SqlText.literal(table);
    }

    /**
     * Refuses a target that is loaded from another source or table.
     *
     * @param foreign the source of the extract that the target was last loaded from, if it is known to be another one;
     *     used for a table without these properties
     */
    void check(TargetTable target, Supplier<Optional<SourceIdentity>> foreign) {
        if (!target.exists()) {
            return;
        }
        if (target.isQuarantine()) {
            throw new UserError(
                    target.name() + " contains the quarantined rows of another table.",
                    "Its name is the name of that table followed by _quarantine.",
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
                target.name() + " was loaded from a source other than '" + source + "'.",
                "Its last extract was made from " + other.address() + ".",
                "Correct --source or --target. To load " + target.name() + " from '" + source + "' from now on, run"
                        + " this, then load again:\nALTER TABLE " + target.nameForPeople()
                        + " SET TBLPROPERTIES (" + properties() + ");");
    }

    /** Refuses a quarantine table that belongs to another table or is no quarantine table. */
    void checkQuarantine(TargetTable quarantine) {
        if (!quarantine.exists()) {
            return;
        }
        if (!quarantine.isQuarantine()) {
            throw new UserError(
                    quarantine.name() + " cannot be the quarantine table of '" + table + "'.",
                    "It is an unrelated table: it has no column _reasons.",
                    "Load '" + table + "' into a table of another name (--target).");
        }
        in(quarantine.properties()).ifPresent(other -> checkSame(quarantine, other));
    }

    private void checkSame(TargetTable target, TargetSource other) {
        if (!equals(other)) {
            throw new UserError(
                    target.name() + " is loaded from " + other.text() + ", not from " + text() + ".",
                    "Rows of one source would replace rows of the other.",
                    "Give the --source and --table that it is loaded from, or another --target for " + text() + ".");
        }
    }

    /**
     * Stores in a table what it is loaded from.
     *
     * @return the number of commits: 0 if it is already stored
     */
    long remember(TargetTable target) {
        Optional<TargetSource> known = in(target.properties());
        if (known.isPresent()) {
            checkSame(target, known.get()); // another load may have stored its source meanwhile
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
