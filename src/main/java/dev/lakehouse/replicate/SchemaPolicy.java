package dev.lakehouse.replicate;

import dev.lakehouse.extract.ExtractRejectedException;
import dev.lakehouse.extract.TechnicalColumns;
import dev.lakehouse.replicate.SchemaMismatch.Retyped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
     * @throws ExtractRejectedException if a column is missing, if its type is not the target's and not wider, if a column of the
     *     key would be left out, or if the policy forbids the change
     */
    SchemaChange change(TargetColumns target, StructType present, StructType incoming) {
        List<StructField> missing = Arrays.stream(present.fields())
                .filter(field -> !TechnicalColumns.isInTables(field.name()))
                .filter(field -> find(incoming, field.name()).isEmpty())
                .toList();
        List<StructField> added = new ArrayList<>();
        List<StructField> widened = new ArrayList<>();
        List<StructField> relaxed = new ArrayList<>();
        List<Retyped> retyped = new ArrayList<>();
        for (StructField field : incoming.fields()) {
            Optional<StructField> same = find(present, field.name());
            if (same.isEmpty()) {
                added.add(field);
            } else if (!same.get().dataType().equals(field.dataType())) {
                if (SchemaChange.widens(same.get().dataType(), field.dataType())) {
                    widened.add(new StructField(
                            same.get().name(),
                            field.dataType(),
                            true,
                            same.get().metadata()));
                } else {
                    retyped.add(new Retyped(same.get(), field));
                }
            }
            same.filter(column -> !column.nullable() && field.nullable() && target.followsNull())
                    .ifPresent(relaxed::add);
        }
        SchemaMismatch mismatch = new SchemaMismatch(
                target,
                this,
                missing,
                retyped,
                unwanted(target, added),
                added,
                this == FREEZE ? widened : List.of(),
                this == FREEZE ? relaxed : List.of());
        if (!mismatch.isEmpty()) {
            throw mismatch.refused();
        }
        return new SchemaChange(this == EVOLVE ? added : List.of(), widened, relaxed);
    }

    /** A column of the key cannot be left out, because rows are matched by it. */
    private List<StructField> unwanted(TargetColumns target, List<StructField> added) {
        return switch (this) {
            case EVOLVE -> List.of();
            case FREEZE -> added;
            case DISCARD ->
                added.stream().filter(field -> target.isInKey(field.name())).toList();
        };
    }

    /** As an option has it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Optional<StructField> find(StructType schema, String name) {
        return Arrays.stream(schema.fields())
                .filter(field -> field.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
