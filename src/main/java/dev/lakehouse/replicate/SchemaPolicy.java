package dev.lakehouse.replicate;

import dev.lakehouse.extract.ExtractRejectedException;
import dev.lakehouse.extract.TechnicalColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What a load does if the columns of source and target differ. Names are compared without case. */
public enum SchemaPolicy {
    /** A new column is added to the target as nullable; the target's column gets the wider type, and may be NULL. */
    EVOLVE,
    /** The extract is refused. */
    FREEZE,
    /** A new column is left out; the target's column gets the wider type, and may be NULL. */
    DISCARD;

    /**
     * Compares a target's columns with an extract's.
     *
     * @throws ExtractRejectedException if a column is missing, if its type is not the target's and not wider, or if the
     *     policy forbids the change
     */
    SchemaChange change(TargetColumns target, StructType present, StructType incoming) {
        for (StructField field : present.fields()) {
            if (!TechnicalColumns.isInTables(field.name())
                    && find(incoming, field.name()).isEmpty()) {
                throw refused(
                        target,
                        "Column `" + field.name() + "` is missing in the source.",
                        "Add the column to the source again, or drop it from the target: "
                                + target.dropStatements(field.name()));
            }
        }
        List<StructField> added = new ArrayList<>();
        List<StructField> widened = new ArrayList<>();
        List<StructField> relaxed = new ArrayList<>();
        for (StructField field : incoming.fields()) {
            Optional<StructField> same = find(present, field.name());
            if (same.isEmpty()) {
                added.add(field);
            } else if (!same.get().dataType().equals(field.dataType())) {
                if (!SchemaChange.widens(same.get().dataType(), field.dataType())) {
                    throw otherType(target, same.get(), field);
                }
                widened.add(new StructField(
                        same.get().name(), field.dataType(), true, same.get().metadata()));
            }
            same.filter(column -> !column.nullable() && field.nullable() && target.followsNull())
                    .ifPresent(relaxed::add);
        }
        if (this == FREEZE) {
            refuseChanges(target, added, widened, relaxed);
        }
        return new SchemaChange(this == EVOLVE ? added : List.of(), widened, relaxed);
    }

    private static void refuseChanges(
            TargetColumns target, List<StructField> added, List<StructField> widened, List<StructField> relaxed) {
        if (!added.isEmpty()) {
            throw refused(
                    target,
                    "The source has a new column `" + added.get(0).name() + "`, and the schema policy is freeze.",
                    "Add the column to the target, or set --schema-policy to evolve or discard.");
        }
        if (!widened.isEmpty()) {
            throw refused(
                    target,
                    "Column `" + widened.get(0).name() + "` is now "
                            + widened.get(0).dataType().sql() + ", and the schema policy is freeze.",
                    "Set --schema-policy to evolve or discard for one load.");
        }
        if (!relaxed.isEmpty()) {
            throw refused(
                    target,
                    "Column `" + relaxed.get(0).name() + "` may be NULL now, and the schema policy is freeze.",
                    "Set --schema-policy to evolve or discard for one load.");
        }
    }

    private ExtractRejectedException otherType(TargetColumns target, StructField present, StructField incoming) {
        if (target.masked().contains(incoming.name())) {
            return refused(
                    target,
                    "Column `" + incoming.name() + "` is masked now, so its values are texts, but it is "
                            + present.dataType().sql() + " in the target.",
                    "Drop the column from the target, and the next load"
                            + (this == EVOLVE ? "" : " with --schema-policy evolve")
                            + " adds it with the masked values (earlier versions of the table have it in clear until"
                            + " VACUUM removes their files): " + target.dropStatements(present.name()));
        }
        return refused(
                target,
                "Column `" + incoming.name() + "` is " + present.dataType().sql() + " in the target and "
                        + incoming.dataType().sql() + " in the source.",
                "Change the type back in the source; or drop the column from the target, and the next load"
                        + (this == EVOLVE ? "" : " with --schema-policy evolve")
                        + " adds it with the new type and fills it: "
                        + target.dropStatements(present.name()));
    }

    private static Optional<StructField> find(StructType schema, String name) {
        return Arrays.stream(schema.fields())
                .filter(field -> field.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private static ExtractRejectedException refused(TargetColumns target, String cause, String fix) {
        return new ExtractRejectedException(
                "The extract's columns do not fit the table " + target.name() + ".", cause, fix);
    }
}
