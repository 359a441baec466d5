package dev.lakehouse.replicate;

import dev.lakehouse.extract.ExtractRejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;

/**
 * The columns by which an extract does not fit a target, all at once, so that one round of statements is enough.
 *
 * @param missing columns of the target that the extract does not have
 * @param retyped columns whose type is neither the target's nor wider
 * @param unwanted new columns that the schema policy neither adds nor leaves out
 * @param offered all new columns, one of which may be a missing one under another name
 * @param widened columns whose wider type the schema policy does not follow
 * @param relaxed columns that may be NULL, which the schema policy does not follow
 */
record SchemaMismatch(
        TargetColumns target,
        SchemaPolicy policy,
        List<StructField> missing,
        List<Retyped> retyped,
        List<StructField> unwanted,
        List<StructField> offered,
        List<StructField> widened,
        List<StructField> relaxed) {

    /** A column of the target, and the same column of the extract. */
    record Retyped(StructField present, StructField incoming) {}

    /** A column of the target that may have another name in the source now. */
    private record Renaming(StructField from, StructField to) {}

    boolean isEmpty() {
        return missing.isEmpty() && retyped.isEmpty() && unwanted.isEmpty() && widened.isEmpty() && relaxed.isEmpty();
    }

    ExtractRejectedException refused() {
        return new ExtractRejectedException(
                "The extract's columns do not fit the table " + target.name() + ": " + inShort() + ".", cause(), fix());
    }

    private String inShort() {
        return Stream.of(
                        missing.stream().map(field -> quoted(field) + " is missing"),
                        retyped.stream().map(column -> quoted(column.incoming()) + " has another type"),
                        unwanted.stream().map(field -> quoted(field) + " is new"),
                        widened.stream().map(field -> quoted(field) + " has a wider type"),
                        relaxed.stream().map(field -> quoted(field) + " may be NULL"))
                .flatMap(texts -> texts)
                .collect(Collectors.joining(", "));
    }

    private String cause() {
        String andPolicy = ", and the schema policy is " + policy.text() + ".";
        return Stream.of(
                        missing.stream().map(field -> "Column " + quoted(field) + " is missing in the source."),
                        retyped.stream().map(this::cause),
                        unwanted.stream()
                                .map(field -> "The source has a new column " + quoted(field)
                                        + (target.isInKey(field.name()) ? " in its key" : "") + andPolicy),
                        widened.stream()
                                .map(field -> "Column " + quoted(field) + " is now "
                                        + field.dataType().sql() + andPolicy),
                        relaxed.stream().map(field -> "Column " + quoted(field) + " may be NULL now" + andPolicy))
                .flatMap(texts -> texts)
                .collect(Collectors.joining(" "));
    }

    private String cause(Retyped column) {
        String type = column.present().dataType().sql();
        return target.masked().contains(column.incoming().name())
                ? "Column " + quoted(column.incoming()) + " is masked now, so its values are texts, but it is " + type
                        + " in the target. Earlier versions of the table have it in clear until VACUUM removes their files."
                : "Column " + quoted(column.incoming()) + " is " + type + " in the target and "
                        + column.incoming().dataType().sql() + " in the source.";
    }

    private String fix() {
        Optional<Renaming> renaming = renaming();
        return renaming.map(names -> "If " + quoted(names.from()) + " is called " + quoted(names.to())
                                + " now, rename it in the table" + then() + statements(renaming) + "\nOtherwise ")
                        .orElse("")
                + (missing.isEmpty() && retyped.isEmpty() ? allowed() : undone(renaming.isPresent() ? "c" : "C"))
                + then()
                + statements(Optional.empty());
    }

    private String allowed() {
        boolean isKey = unwanted.stream().anyMatch(field -> target.isInKey(field.name()));
        return "Load once with --schema-policy=evolve" + (isKey ? "" : " or discard")
                + " (in workflows --set schema_policy=evolve); or change the table";
    }

    private String undone(String initial) {
        Stream<StructField> dropped =
                Stream.concat(missing.stream(), retyped.stream().map(Retyped::present));
        return initial + "hange the source back; or drop "
                + dropped.map(SchemaMismatch::quoted).collect(Collectors.joining(", ")) + " from the table"
                + (retyped.isEmpty() ? "" : " (a load fills columns of another type again)");
    }

    /** What follows the statements. */
    private String then() {
        boolean isMasked = policy != SchemaPolicy.EVOLVE
                && Stream.concat(unwanted.stream(), retyped.stream().map(Retyped::incoming))
                        .anyMatch(target::isMaskedByCatalogue);
        return isMasked ? ", run the task apply_schemas, which masks it, then load again:" : ", then load again:";
    }

    /** The only missing column and the only new one, if they have the same type. */
    private Optional<Renaming> renaming() {
        return missing.size() == 1
                        && offered.size() == 1
                        && missing.get(0).dataType().equals(offered.get(0).dataType())
                ? Optional.of(new Renaming(missing.get(0), offered.get(0)))
                : Optional.empty();
    }

    /** One per line. */
    private String statements(Optional<Renaming> renaming) {
        List<String> statements = new ArrayList<>();
        boolean isRenamed = renaming.isPresent();
        renaming.ifPresent(names ->
                statements.add(target.rename(names.from().name(), names.to().name())));
        if (!isRenamed) {
            missing.forEach(field -> statements.add(target.drop(field.name())));
        }
        retyped.forEach(column -> statements.add(target.drop(column.present().name())));
        List<StructField> added = new ArrayList<>(isRenamed ? List.of() : unwanted);
        if (policy != SchemaPolicy.EVOLVE) {
            retyped.forEach(column -> added.add(column.incoming()));
        }
        if (!added.isEmpty()) {
            statements.add(target.add(added));
        }
        widened.forEach(field -> statements.add(target.widen(field)));
        relaxed.forEach(field -> statements.add(target.relax(field.name())));
        boolean needsFeatures = isRenamed
                || !missing.isEmpty()
                || !retyped.isEmpty()
                || !widened.isEmpty()
                || added.stream().anyMatch(TargetColumns::needsMapping);
        return target.script(statements, needsFeatures);
    }

    private static String quoted(StructField field) {
        return "`" + field.name() + "`";
    }
}
