package dev.lakehouse.sample.invoices;

import dev.lakehouse.source.files.pdf.BundledFont;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** A PDF on which text is written at positions in points from a page's upper left corner. */
public final class PdfCanvas implements AutoCloseable {
    private static final float SIZE = 9.75f;

    private final PDDocument document = new PDDocument();
    private final PDFont font;
    private PDPageContentStream page;

    private PdfCanvas() throws IOException {
        try (InputStream file = BundledFont.open()) {
            font = PDType0Font.load(document, file, true);
        }
    }

    /**
     * A document without pages.
     *
     * @param id the document's id, so that equal pages give equal bytes
     */
    public static PdfCanvas open(long id) throws IOException {
        PdfCanvas canvas = new PdfCanvas();
        canvas.document.setDocumentId(id);
        return canvas;
    }

    /** Starts a new page. */
    public void newPage() throws IOException {
        if (page != null) {
            page.close();
        }
        PDPage next = new PDPage(PDRectangle.LETTER);
        document.addPage(next);
        page = new PDPageContentStream(document, next);
    }

    /** Writes text that begins at {@code x}. */
    public void left(float x, float y, String text) throws IOException {
        page.beginText();
        page.setFont(font, SIZE);
        page.newLineAtOffset(x, PDRectangle.LETTER.getHeight() - y);
        page.showText(writable(text));
        page.endText();
    }

    /** Writes text that ends at {@code x}. */
    public void right(float x, float y, String text) throws IOException {
        left(x - width(text), y, text);
    }

    /** The text in lines of a maximum width, broken at blanks. */
    List<String> wrap(String text, float width) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && width(line + " " + word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private float width(String text) throws IOException {
        return font.getStringWidth(writable(text)) / 1000 * SIZE;
    }

    /** Replaces characters that the font does not have by question marks. */
    private String writable(String text) {
        StringBuilder writable = new StringBuilder();
        text.codePoints().forEach(sign -> writable.append(hasSign(sign) ? Character.toString(sign) : "?"));
        return writable.toString();
    }

    private boolean hasSign(int codePoint) {
        try {
            font.encode(Character.toString(codePoint));
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Ends the last page and writes the document. */
    public void save(OutputStream out) throws IOException {
        page.close();
        page = null;
        document.save(out);
    }

    @Override
    public void close() throws IOException {
        try (document) {
            if (page != null) {
                page.close();
            }
        }
    }
}
