package dev.lakehouse.source.files;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.right;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.task.Report;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Distinguishes files of JSON lines, some of which may be invalid, from files in another format. A file is in another
 * format if none of its lines is a JSON object, or if one JSON value or document spans the file: its first line opens
 * what its last line closes, neither is an object, and most lines are not.
 */
public final class JsonFiles {
    private static final String LINES_OF_OBJECTS = "Deliver a file with one JSON object on each line, then run again.";
    private static final int BEGINNING = 200;

    private JsonFiles() {}

    /**
     * All reasons for which a line is not accepted: its fault as text or, if there is none, the faults that
     * {@link StrictJson} and the product found. A line that is not UTF-8 is also reported as not a JSON object if it
     * cannot be parsed.
     *
     * @param found ARRAY of STRING, in a row with {@link TextFiles#FAULT} and {@link TextFiles#TEXT}
     */
    public static Column reasons(Column found) {
        Column fault = col(TextFiles.FAULT);
        Column isOfAnotherKind = array_contains(found, StrictJson.NOT_AN_OBJECT)
                .and(col(TextFiles.TEXT).notEqual(""));
        return when(fault.isNull(), found)
                .when(isOfAnotherKind, array(fault, lit(StrictJson.NOT_AN_OBJECT)))
                .otherwise(array(fault));
    }

    /**
     * The files in another format.
     *
     * @param validated rows with {@code _file, _line, _reasons}, and {@code _text} if there are reasons, one of which
     *     is {@link StrictJson#NOT_AN_OBJECT}
     * @param reasons the column of reasons
     */
    public static RefusedFiles refused(Dataset<Row> validated, String reasons, Lines lines) {
        List<RefusedFile> refused = validated
                .where(array_contains(col(reasons), StrictJson.NOT_AN_OBJECT))
                .groupBy(TextFiles.FILE)
                .agg(
                        count(lit(1)),
                        min(TextFiles.LINE),
                        max(TextFiles.LINE),
                        min_by(substring(trim(col(TextFiles.TEXT)), 1, BEGINNING), col(TextFiles.LINE)),
                        max_by(right(trim(col(TextFiles.TEXT)), lit(1)), col(TextFiles.LINE)))
                .collectAsList()
                .stream()
                .flatMap(file -> refused(file, lines.files().get(file.getString(0))).stream())
                .toList();
        return new RefusedFiles(refused);
    }

    private static Optional<RefusedFile> refused(Row file, FileLines all) {
        long bad = file.getLong(1);
        String beginning = file.getString(4);
        boolean isWhole = file.getLong(2) == all.first() && file.getLong(3) == all.last();
        boolean isSpanned = isWhole && closes(beginning, file.getString(5)) && 2 * bad > all.count();
        if (bad < all.count() && !isSpanned) {
            return Optional.empty();
        }
        return Optional.of(refused(file.getString(0), beginning, Report.count(bad, "line")));
    }

    private static boolean closes(String beginning, String end) {
        return switch (beginning.charAt(0)) {
            case '[' -> end.equals("]");
            case '{' -> end.equals("}");
            case '<' -> end.equals(">");
            default -> false;
        };
    }

    private static RefusedFile refused(String file, String beginning, String lines) {
        if (beginning.startsWith("\u001F\u008B")) {
            return new RefusedFile(
                    file,
                    "It is compressed by gzip, but its name does not end in .gz.",
                    "Rename it to end in .gz, then run again.");
        }
        return new RefusedFile(file, cause(beginning, lines), LINES_OF_OBJECTS);
    }

    private static String cause(String beginning, String lines) {
        if (beginning.startsWith("[")) {
            return "It is a JSON array, not lines of JSON objects.";
        }
        if (beginning.startsWith("{")) {
            return "It begins with a JSON object that spans several lines.";
        }
        if (beginning.startsWith("<")) {
            String tag = beginning.toLowerCase(Locale.ROOT);
            return "It is " + (tag.startsWith("<!doctype html") || tag.startsWith("<html") ? "HTML" : "XML or HTML")
                    + ", not lines of JSON objects.";
        }
        if (beginning.chars().anyMatch(c -> c < ' ' && c != '\t' && c != '\r')) {
            return "It is binary, not lines of JSON objects.";
        }
        return "None of its " + lines + " is a JSON object.";
    }
}
