package dev.lakehouse.source.files.pdf;

import java.util.List;

/** The text of a PDF, or why there is none. */
public sealed interface PdfText {

    /**
     * A document with text.
     *
     * @param text line by line, in reading order
     * @param pieces the same text with its positions, in reading order
     */
    record Legible(String text, List<TextRun> pieces) implements PdfText {}

    /**
     * A document that cannot be read.
     *
     * @param reason why, for quarantine
     * @param text the part that could be read; may be empty
     */
    record Illegible(String reason, String text) implements PdfText {}
}
