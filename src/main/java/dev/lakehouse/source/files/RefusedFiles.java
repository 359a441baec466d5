package dev.lakehouse.source.files;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import dev.lakehouse.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The files of a delivery that are not loaded. The others are loaded nevertheless. */
public record RefusedFiles(List<RefusedFile> files) {
    /** No file is refused. */
    public static final RefusedFiles NONE = new RefusedFiles(List.of());

    private static final int MOST_SHOWN = 20;

    /** These files and more. */
    public RefusedFiles and(RefusedFiles more) {
        List<RefusedFile> all = new ArrayList<>(files);
        all.addAll(more.files);
        return new RefusedFiles(List.copyOf(all));
    }

    /** Whether the file is refused. */
    public boolean contains(String file) {
        return files.stream().anyMatch(refused -> refused.file().equals(file));
    }

    /** The rows of the other files, by their column {@link TextFiles#FILE}. */
    public Dataset<Row> without(Dataset<Row> rows) {
        return files.isEmpty()
                ? rows
                : rows.where(not(col(TextFiles.FILE)
                        .isin(files.stream().map(RefusedFile::file).toArray())));
    }

    /**
     * Throws a {@link UserError} if there are refused files. Called after all others are loaded.
     *
     * @param others a sentence that says what happened to the others
     */
    public void failIfAny(String others) {
        if (files.isEmpty()) {
            return;
        }
        List<RefusedFile> shown = files.stream().limit(MOST_SHOWN).toList();
        String more = files.size() > MOST_SHOWN ? ", and " + (files.size() - MOST_SHOWN) + " more" : "";
        throw new UserError(
                (files.size() == 1 ? "A file cannot be loaded: " : files.size() + " files cannot be loaded: ")
                        + shown.stream().map(RefusedFile::file).collect(Collectors.joining(", ")) + more + ".",
                causes(shown),
                shown.stream().map(RefusedFile::fix).distinct().collect(Collectors.joining(" ")) + " " + others);
    }

    private static String causes(List<RefusedFile> shown) {
        return shown.size() == 1
                ? shown.get(0).cause()
                : shown.stream()
                        .map(refused -> name(refused.file()) + ": " + refused.cause())
                        .collect(Collectors.joining(" "));
    }

    private static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
