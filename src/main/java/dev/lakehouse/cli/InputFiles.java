package dev.lakehouse.cli;

import dev.lakehouse.UserError;
import dev.lakehouse.storage.Location;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Converts the files that a user names to absolute locations for tasks. A location with a scheme is unchanged. */
final class InputFiles {
    private static final Pattern NAMED = Pattern.compile("([a-z_]+)=(.+)");

    private InputFiles() {}

    /**
     * The values of the options {@code --input FILE} and {@code --input NAME=FILE} by job parameter. Without a name the
     * job parameter is {@code input}.
     */
    static Map<String, String> named(List<String> options, Consumer<String> check) {
        Map<String, String> locations = new LinkedHashMap<>();
        for (String option : options) {
            Matcher named = NAMED.matcher(option);
            boolean hasName = named.matches();
            String parameter = hasName ? named.group(1) : "input";
            check.accept(parameter);
            if (locations.put(parameter, location(hasName ? named.group(2) : option)) != null) {
                throw new UserError(
                        "There are two files for '" + parameter + "'.",
                        "--input was given twice for it.",
                        "Give one location. For several files, give a folder or a glob in quotes.");
            }
        }
        return locations;
    }

    /** A local directory to write into. It is created if it is missing. */
    static String directory(String text) {
        return hasScheme(text) ? text : path(text).toString();
    }

    /** A local file or folder, or a glob that matches at least one file. */
    static String location(String text) {
        if (hasScheme(text)) {
            return text;
        }
        Path path = path(text);
        if (Files.exists(path)) {
            // The path of an existing file is not a glob, even if it contains characters of globs.
            return "file:" + Location.escaped(path.toString());
        }
        if (!fits(path)) {
            throw new UserError(
                    "There is no file '" + text + "'.",
                    "No file or folder has that name, and as a glob it matches none.",
                    "Correct --input. Put a glob in quotes, such as --input 'invoices/*.pdf'.");
        }
        return "file:" + path;
    }

    private static boolean hasScheme(String text) {
        return text.matches("[A-Za-z][A-Za-z0-9+.-]+:.*");
    }

    private static Path path(String text) {
        return Path.of(text).toAbsolutePath().normalize();
    }

    private static boolean fits(Path glob) {
        Path folder = glob.getRoot();
        for (Path part : glob) {
            if (!Files.isDirectory(folder.resolve(part))) {
                break;
            }
            folder = folder.resolve(part);
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        try (Stream<Path> files = Files.walk(folder, glob.getNameCount() - folder.getNameCount())) {
            return files.anyMatch(matcher::matches);
        } catch (IOException e) {
            throw new UserError(
                    "The files of '" + glob + "' cannot be listed.",
                    "This user may not read " + folder + " or a folder in it.",
                    "Check the permissions, or use a narrower glob.",
                    e);
        }
    }
}
