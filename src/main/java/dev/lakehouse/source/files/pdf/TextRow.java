package dev.lakehouse.source.files.pdf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The runs on one baseline of a page, from left to right; at least one. */
public record TextRow(List<TextRun> pieces) {

    /** The rows of a document. */
    public static List<TextRow> of(List<TextRun> pieces) {
        List<List<TextRun>> rows = new ArrayList<>();
        for (TextRun piece : pieces) {
            if (rows.isEmpty() || !piece.isOnLineOf(rows.get(rows.size() - 1).get(0))) {
                rows.add(new ArrayList<>());
            }
            rows.get(rows.size() - 1).add(piece);
        }
        return rows.stream()
                .map(row -> row.stream()
                        .sorted(Comparator.comparingDouble(TextRun::x))
                        .toList())
                .map(TextRow::new)
                .toList();
    }

    private TextRun first() {
        return pieces.get(0);
    }

    public int page() {
        return first().page();
    }

    public double y() {
        return first().y();
    }

    public double left() {
        return first().x();
    }

    public double right() {
        return pieces.get(pieces.size() - 1).right();
    }

    public double size() {
        return first().size();
    }

    public String text() {
        return pieces.stream().map(TextRun::text).collect(Collectors.joining(" "));
    }
}
