package dev.lakehouse.source.mysql;

import dev.lakehouse.UserError;
import java.util.List;
import java.util.Locale;

/**
 * What is stored in place of a column's values.
 *
 * @param column its name
 * @param kind what replaces them
 */
public record Mask(String column, Kind kind) {
    /** What replaces the values of a column. NULL stays NULL. */
    public enum Kind {
        /** Nothing: the column is left out. */
        DROP,
        /** A keyed hash, which cannot be read again. */
        HASH,
        /** A pseudonym, which can be read with the key. */
        PSEUDONYM;

        /** As in the option. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads the parts of the option. */
    static List<Mask> parse(List<String> parts) {
        return parts.stream()
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(Mask::parse)
                .toList();
    }

    private static Mask parse(String part) {
        int equals = part.lastIndexOf('=');
        for (Kind kind : Kind.values()) {
            if (equals > 0
                    && kind.text().equalsIgnoreCase(part.substring(equals + 1).strip())) {
                return new Mask(part.substring(0, equals).strip(), kind);
            }
        }
        throw new UserError(
                "'" + part + "' is not a mask.",
                "A mask names a column and what is stored in place of its values.",
                "Give --mask=COLUMN=KIND, separated by commas, with the kind drop, hash or pseudonym.");
    }

    boolean isOf(ColumnDefinition other) {
        return column.equalsIgnoreCase(other.name());
    }

    boolean leavesOut() {
        return kind == Kind.DROP;
    }
}
