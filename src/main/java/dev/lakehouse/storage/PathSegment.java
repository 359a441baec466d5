package dev.lakehouse.storage;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Encodes a name as one folder of a path. Percent-encoding ensures that every name is a single folder and can be
 * decoded. ASCII letters, digits, {@code -}, {@code _} and {@code .} are unchanged.
 */
public final class PathSegment {
    private PathSegment() {}

    /** The folder of a name. */
    public static String of(String name) {
        StringBuilder segment = new StringBuilder();
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            // Spark treats folders that begin with these as hidden, and Windows drops a dot at the end.
            boolean underscore = bytes[i] == '_' && i > 0;
            boolean dot = bytes[i] == '.' && i > 0 && i < bytes.length - 1;
            if (isPlain(bytes[i]) || underscore || dot) {
                segment.append((char) bytes[i]);
            } else {
                segment.append(String.format(Locale.ROOT, "%%%02X", bytes[i]));
            }
        }
        return segment.toString();
    }

    /** The name of a folder; empty if {@link #of} does not return this folder for any name. */
    public static Optional<String> name(String segment) {
        try {
            String name = URLDecoder.decode(segment, StandardCharsets.UTF_8);
            return of(name).equals(segment) ? Optional.of(name) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(byte character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '-';
    }
}
