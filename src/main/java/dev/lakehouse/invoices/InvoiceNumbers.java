package dev.lakehouse.invoices;

import dev.lakehouse.source.files.pdf.TextRun;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the invoice numbers in a document: after a {@code #}, next to or directly below a title. A {@code #} elsewhere
 * is a unit of an address or part of a name.
 *
 * @param pieces the runs with numbers
 */
record InvoiceNumbers(Set<TextRun> pieces) {
    static final Pattern TITLE = Pattern.compile("(?i)(tax )?invoice");

    private static final Pattern ANY_TITLE = Pattern.compile("(?i)(tax )?invoice|credit (note|memo|invoice)");
    private static final Pattern NUMBER = Pattern.compile("#\\s*(.*)");
    private static final double BELOW = 45;
    private static final double BELOW_IN_SIZES = 3;
    private static final double ALIGNED = 3;

    /** Finds the numbers in the runs outside the table. */
    static InvoiceNumbers in(List<TextRun> pieces) {
        List<TextRun> marked = pieces.stream()
                .filter(piece -> NUMBER.matcher(piece.text()).matches())
                .toList();
        Set<TextRun> titled = pieces.stream()
                .filter(piece -> ANY_TITLE.matcher(piece.text()).matches())
                .flatMap(title -> of(title, marked, pieces).stream())
                .collect(Collectors.toSet());
        if (!titled.isEmpty()) {
            return new InvoiceNumbers(titled);
        }
        Set<TextRun> apart = marked.stream()
                .filter(piece -> pieces.stream().noneMatch(other -> isDirectlyBelow(piece, other)))
                .collect(Collectors.toSet());
        InvoiceNumbers found = new InvoiceNumbers(apart);
        return found.numbers().size() == 1 ? found : new InvoiceNumbers(Set.of());
    }

    private static Optional<TextRun> of(TextRun title, List<TextRun> marked, List<TextRun> pieces) {
        Comparator<TextRun> byDistance = Comparator.comparingDouble(
                piece -> Math.abs(piece.y() - title.y()) + Math.abs(piece.right() - title.right()) / 1_000);
        Stream<TextRun> beside =
                marked.stream().filter(piece -> piece.isOnLineOf(title) && piece.x() >= title.right() - ALIGNED);
        Stream<TextRun> below = marked.stream()
                .filter(piece -> isShortlyBelow(piece, title) && overlaps(piece, title))
                .filter(piece -> pieces.stream()
                        .noneMatch(other -> other.isBelow(title) && piece.isBelow(other) && overlaps(other, title)));
        Stream<TextRun> before =
                marked.stream().filter(piece -> piece.isOnLineOf(title) && piece.right() <= title.x() + ALIGNED);
        return Stream.of(beside, below, before)
                .flatMap(found -> found.min(byDistance).stream())
                .findFirst();
    }

    private static boolean isShortlyBelow(TextRun piece, TextRun title) {
        return piece.page() == title.page()
                && piece.isBelow(title)
                && piece.y() - title.y() <= Math.max(BELOW, BELOW_IN_SIZES * title.size());
    }

    private static boolean overlaps(TextRun one, TextRun other) {
        return one.page() == other.page() && one.x() < other.right() && one.right() > other.x();
    }

    /** Whether a run is directly below another one, like the next line of an address. */
    private static boolean isDirectlyBelow(TextRun piece, TextRun other) {
        return piece.page() == other.page()
                && piece.isBelow(other)
                && piece.y() - other.y() <= BELOW_IN_SIZES * other.size()
                && Math.abs(piece.x() - other.x()) <= ALIGNED;
    }

    /** The numbers that are not empty. */
    Set<String> numbers() {
        return pieces.stream()
                .map(piece -> NUMBER.matcher(piece.text()))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1).strip())
                .filter(number -> !number.isEmpty())
                .collect(Collectors.toSet());
    }
}
