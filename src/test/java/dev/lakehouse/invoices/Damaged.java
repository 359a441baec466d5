package dev.lakehouse.invoices;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;

/** Documents that nobody can load. */
final class Damaged {
    private Damaged() {}

    /** Protected by a password for its readers, or only by one for its owner, as many are. */
    static byte[] encrypted(byte[] document, String readersPassword) throws IOException {
        try (PDDocument pdf = Loader.loadPDF(document)) {
            StandardProtectionPolicy policy =
                    new StandardProtectionPolicy("owner", readersPassword, new AccessPermission());
            policy.setEncryptionKeyLength(128);
            pdf.protect(policy);
            return bytes(pdf);
        }
    }

    /** A page with a picture on it and no text. */
    static byte[] imageOnly() throws IOException {
        try (PDDocument pdf = new PDDocument()) {
            PDPage page = new PDPage();
            pdf.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
                content.addRect(100, 100, 300, 300);
                content.fill();
            }
            return bytes(pdf);
        }
    }

    static byte[] truncated(byte[] document) {
        return Arrays.copyOf(document, document.length * 2 / 3);
    }

    /** Whole by its ends, with noise in between. */
    static byte[] scrambled(byte[] document) {
        byte[] copy = document.clone();
        for (int i = 20; i < copy.length - 10; i++) {
            copy[i] = (byte) (i * 31);
        }
        return copy;
    }

    private static byte[] bytes(PDDocument pdf) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        pdf.save(bytes);
        return bytes.toByteArray();
    }
}
