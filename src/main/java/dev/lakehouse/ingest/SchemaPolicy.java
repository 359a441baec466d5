package dev.lakehouse.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What a load does with a source column that the target does not have. */
public enum SchemaPolicy {
    /** It is added to the target, nullable. */
    EVOLVE,
    /** The extract is refused. */
    FREEZE,
    /** It is left out. */
    DISCARD;

    /** Columns of a load that no source has begin with this. */
    static final String TECHNICAL = "_";

    /**
     * Compares a target's columns with an extract's.
     *
     * @return the source columns that the target does not have and gets
     * @throws ExtractRefused where a column is gone or has another type, or is new and the policy forbids it
     */
    List<StructField> added(String target, StructType present, StructType incoming) {
        for (StructField field : present.fields()) {
            if (!field.name().startsWith(TECHNICAL)
                    && find(incoming, field.name()).isEmpty()) {
                throw refused(
                        target,
                        "Column `" + field.name() + "` is gone from the source.",
                        "Bring the column back, or drop it from the target on purpose.");
            }
        }
        List<StructField> added = new ArrayList<>();
        for (StructField field : incoming.fields()) {
            Optional<StructField> same = find(present, field.name());
            if (same.isEmpty()) {
                added.add(field);
            } else if (!same.get().dataType().equals(field.dataType())) {
                throw refused(
                        target,
                        "Column `" + field.name() + "` is "
                                + same.get().dataType().sql() + " in the target and "
                                + field.dataType().sql() + " in the source.",
                        "Change the target's column to the new type, or the source's back.");
            }
        }
        if (this == FREEZE && !added.isEmpty()) {
            throw refused(
                    target,
                    "The source has a new column `" + added.get(0).name() + "`, and new columns are frozen out.",
                    "Add the column to the target, or set --schema-policy evolve or discard.");
        }
        return this == EVOLVE ? added : List.of();
    }

    private static Optional<StructField> find(StructType schema, String name) {
        return Arrays.stream(schema.fields())
                .filter(field -> field.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private static ExtractRefused refused(String target, String cause, String mend) {
        return new ExtractRefused("The extract's columns do not fit the table " + target + ".", cause, mend);
    }
}
