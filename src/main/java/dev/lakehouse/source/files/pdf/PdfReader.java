package dev.lakehouse.source.files.pdf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Predicate;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.font.FontMappers;

/**
 * Reads the text of PDFs. Its memory is bounded even if a document decompresses to much more. No document makes it
 * fail.
 */
public final class PdfReader {
    private static final long MEMORY = 16L << 20;
    private static final long MEMORY_AND_DISK = 256L << 20;
    private static final int HEAD = 1_024;
    private static final int TAIL = 2_048;

    private PdfReader() {}

    /**
     * Reads a document.
     *
     * @param isAlone matches texts that are always separate runs, however close they are to others
     */
    public static PdfText read(byte[] document, Predicate<String> isAlone) {
        if (document.length == 0) {
            return new PdfText.Illegible("the file is empty", "");
        }
        if (!latin1(document, 0, HEAD).contains("%PDF-")) {
            return new PdfText.Illegible("not a PDF", plainText(document));
        }
        if (!latin1(document, document.length - TAIL, document.length).contains("%%EOF")) {
            return new PdfText.Illegible("truncated: the end of the PDF is missing", "");
        }
        return extract(document, isAlone);
    }

    private static PdfText extract(byte[] document, Predicate<String> isAlone) {
        FontMappers.set(BundledFont.MAPPER);
        MemoryUsageSetting memory = MemoryUsageSetting.setupMixed(MEMORY, MEMORY_AND_DISK);
        PlacedText text = PlacedText.empty(isAlone);
        try (PDDocument pdf = Loader.loadPDF(document, "", null, null, memory.streamCache)) {
            String whole = text.getText(pdf).strip();
            return whole.isEmpty()
                    ? new PdfText.Illegible("no text in it, as in a scanned image", "")
                    : new PdfText.Legible(whole, text.pieces());
        } catch (InvalidPasswordException e) {
            return new PdfText.Illegible("encrypted: a password is needed", "");
        } catch (IOException | RuntimeException | StackOverflowError | NoClassDefFoundError e) {
            // PDFBox throws all of these for damaged files, and the last one if decryption needs a certificate.
            return new PdfText.Illegible("damaged: it cannot be read as a PDF", text.soFar());
        }
    }

    private static String latin1(byte[] bytes, int from, int to) {
        byte[] part = Arrays.copyOfRange(bytes, Math.max(0, from), Math.min(bytes.length, to));
        return new String(part, StandardCharsets.ISO_8859_1);
    }

    /** The bytes as text, if they are text. */
    private static String plainText(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.chars().anyMatch(c -> c < ' ' && !Character.isWhitespace(c)) ? "" : text.strip();
        } catch (CharacterCodingException e) {
            return "";
        }
    }
}
