package dev.lakehouse.source.files.pdf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** Collects the text of a document with its positions on the pages. */
final class PlacedText extends PDFTextStripper {
    private static final Pattern BLANK = Pattern.compile("\\p{Zs}");
    private static final int MOST_CHARACTERS = 2_000_000;
    /** The gap between words is one or two blanks wide; the gap between columns is wider. */
    private static final double BLANKS_BETWEEN_WORDS = 2.5;

    private final List<TextRun> pieces = new ArrayList<>();
    private final Predicate<String> isAlone;
    private int characters;

    private PlacedText(Predicate<String> isAlone) {
        this.isAlone = isAlone;
        setSortByPosition(true);
        setLineSeparator("\n");
    }

    static PlacedText empty(Predicate<String> isAlone) {
        return new PlacedText(isAlone);
    }

    @Override
    protected void writeString(String text, List<TextPosition> positions) throws IOException {
        characters += text.length();
        if (characters > MOST_CHARACTERS) {
            throw new IOException("More than " + MOST_CHARACTERS + " characters");
        }
        String words = BLANK.matcher(text).replaceAll(" ").strip();
        if (!words.isEmpty()) {
            add(words, positions.get(0), positions.get(positions.size() - 1));
        }
        super.writeString(text, positions);
    }

    /** Some producers position every word separately, so words with small gaps are joined to one run. */
    private void add(String words, TextPosition first, TextPosition last) {
        TextRun piece = new TextRun(
                getCurrentPageNo(),
                first.getXDirAdj(),
                last.getXDirAdj() + last.getWidthDirAdj(),
                first.getYDirAdj(),
                first.getYScale(),
                words);
        TextRun before = pieces.isEmpty() ? null : pieces.get(pieces.size() - 1);
        double gap = before == null ? Double.MAX_VALUE : piece.x() - before.right();
        if (before != null
                && piece.page() == before.page()
                && Math.abs(piece.y() - before.y()) < 1
                && gap >= 0
                && gap < BLANKS_BETWEEN_WORDS * first.getWidthOfSpace()
                && !isAlone.test(words)) {
            pieces.set(
                    pieces.size() - 1,
                    new TextRun(
                            before.page(),
                            before.x(),
                            piece.right(),
                            before.y(),
                            before.size(),
                            before.text() + " " + words));
        } else {
            pieces.add(piece);
        }
    }

    List<TextRun> pieces() {
        return pieces.stream().sorted(TextRun.IN_READING_ORDER).toList();
    }

    /** The text that was read before a failure. */
    String soFar() {
        return pieces.stream().map(TextRun::text).collect(Collectors.joining("\n"));
    }
}
