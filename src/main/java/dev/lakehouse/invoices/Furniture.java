package dev.lakehouse.invoices;

import dev.lakehouse.source.files.pdf.TextRow;
import dev.lakehouse.source.files.pdf.TextRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds letterheads, footers and page numbers. Letterheads and footers have the same words, except for numbers, at the
 * same position on several pages. A page number is the number of its page, alone or as in {@code Page 3 of 5}.
 *
 * @param repeated runs of letterheads and footers
 * @param pageNumbers runs that are the number of their page
 */
record Furniture(Set<TextRun> repeated, Set<TextRun> pageNumbers) {
    private static final double SAME_PLACE = 3;
    /** Larger groups of alike runs are not compared, because it would take too long. A footer is one run per page, and no invoice has as many pages. */
    private static final int MOST_ALIKE = 2_000;

    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern PAGE_NUMBER = Pattern.compile(
            "[-\u2013\u2014\\[(|\\s]*(?:(?:page|pg|p|sheet|seite|blatt|página|pagina|pág)[.:]?\\s*)?(?<page>\\d{1,4})"
                    + "(?:\\s*(?:of|/|von|de|sur|di|van)\\s*(?<of>\\d{1,4}))?[-\u2013\u2014\\])|\\s.]*",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** A run at the head or foot of its page. */
    private record Edge(TextRun piece, TextRow row, boolean isHead, String words) {
        boolean isAtThePlaceOf(Edge other) {
            TextRun a = piece;
            TextRun b = other.piece;
            return a.page() != b.page()
                    && isHead == other.isHead
                    && Math.abs(a.y() - b.y()) <= SAME_PLACE
                    && (Math.abs(a.x() - b.x()) <= SAME_PLACE
                            || Math.abs(a.right() - b.right()) <= SAME_PLACE
                            || Math.abs(a.x() + a.right() - b.x() - b.right()) <= 2 * SAME_PLACE);
        }
    }

    /**
     * Finds letterheads, footers and page numbers.
     *
     * @param rows of a document
     * @param names rows that may be part of an item's name, by their position
     */
    static Furniture in(List<TableRow> rows, Set<TextRow> names) {
        Furniture found = new Furniture(new HashSet<>(), new HashSet<>());
        List<Edge> edges = edges(rows);
        int pages = rows.stream().mapToInt(TableRow::page).max().orElse(0);
        for (List<Edge> alike : alike(edges)) {
            for (Edge edge : alike) {
                List<Edge> same = alike.stream().filter(edge::isAtThePlaceOf).toList();
                boolean isNumbered =
                        isPageNumber(edge, pages) && same.stream().allMatch(other -> isPageNumber(other, pages));
                boolean isBesideTheTable =
                        !names.contains(edge.row) || same.stream().anyMatch(other -> !names.contains(other.row));
                if (!same.isEmpty() && (isNumbered || isBesideTheTable)) {
                    found.repeated.add(edge.piece);
                }
                boolean isAlone = edge.row.pieces().size() == 1
                        || !DIGITS.matcher(edge.piece.text()).matches();
                if (isPageNumber(edge, pages) && isAlone && !names.contains(edge.row)) {
                    found.pageNumbers.add(edge.piece);
                }
            }
        }
        return found;
    }

    private static List<Edge> edges(List<TableRow> rows) {
        Map<Integer, List<TableRow>> pages = new HashMap<>();
        rows.forEach(row ->
                pages.computeIfAbsent(row.page(), page -> new ArrayList<>()).add(row));
        List<Edge> edges = new ArrayList<>();
        for (List<TableRow> page : pages.values()) {
            int first = 0;
            while (first < page.size() && !page.get(first).isCore()) {
                first++;
            }
            int last = page.size() - 1;
            while (last >= first && !page.get(last).isCore()) {
                last--;
            }
            page.subList(0, first).forEach(row -> add(edges, row.row(), true));
            page.subList(Math.max(first, last + 1), page.size()).forEach(row -> add(edges, row.row(), false));
        }
        return edges;
    }

    private static void add(List<Edge> edges, TextRow row, boolean isHead) {
        row.pieces().forEach(piece -> edges.add(new Edge(piece, row, isHead, words(piece.text()))));
    }

    /** A text without the parts that differ between pages. */
    static String words(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return BLANKS.matcher(DIGITS.matcher(lower).replaceAll("0")).replaceAll(" ");
    }

    private static List<List<Edge>> alike(List<Edge> edges) {
        Map<String, List<Edge>> byWords = new HashMap<>();
        edges.forEach(edge ->
                byWords.computeIfAbsent(edge.words, words -> new ArrayList<>()).add(edge));
        return byWords.values().stream()
                .filter(alike -> alike.size() <= MOST_ALIKE)
                .toList();
    }

    private static boolean isPageNumber(Edge edge, int pages) {
        Matcher matcher = PAGE_NUMBER.matcher(edge.piece.text());
        return matcher.matches()
                && Integer.parseInt(matcher.group("page")) == edge.piece.page()
                && (matcher.group("of") == null || Integer.parseInt(matcher.group("of")) == pages);
    }

    boolean has(TextRun piece) {
        return repeated.contains(piece) || pageNumbers.contains(piece);
    }

    /** Whether a row consists only of these runs. */
    boolean has(TextRow row) {
        return row.pieces().stream().allMatch(this::has);
    }
}
