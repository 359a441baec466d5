package dev.lakehouse.extract;

import dev.lakehouse.source.mysql.Mask;
import dev.lakehouse.source.mysql.MaskKey;
import dev.lakehouse.source.mysql.SourceTable;
import dev.lakehouse.task.Report;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what is stored in place of which columns. */
final class MaskReport {
    private MaskReport() {}

    static void write(Report report, SourceTable table, Optional<MaskKey> key) {
        List<Mask> masks = table.settings().masks();
        if (masks.isEmpty()) {
            return;
        }
        report.line(
                "masked",
                masks.stream()
                                .map(mask -> mask.column() + ": " + text(mask.kind()))
                                .collect(Collectors.joining(", "))
                        + key.map(known -> "; key " + known.number()).orElse(""));
    }

    private static String text(Mask.Kind kind) {
        return switch (kind) {
            case DROP -> "left out";
            case HASH -> "a keyed hash (HMAC-SHA-256)";
            case PSEUDONYM -> "a pseudonym (AES-SIV)";
        };
    }
}
