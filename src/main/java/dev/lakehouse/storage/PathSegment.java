package dev.lakehouse.storage;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A name as one folder of a path: percent-encoded, so that any name is one folder, below the one that it is put into, and
 * can be read back. Letters (upper and lower case as they are), digits, {@code -}, {@code _} and {@code .} stay readable.
 */
public final class PathSegment {
    private PathSegment() {}

    /** The folder of a name. */
    public static String of(String name) {
        StringBuilder segment = new StringBuilder();
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            // Spark takes a folder that begins with either for hidden, and Windows drops a dot at the end.
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

    /** The name of a folder; empty where the folder is not one that {@link #of} makes. */
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
