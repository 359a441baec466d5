package dev.lakehouse.storage;

/** Locations of files and folders as text: paths and URIs, with wildcards if Spark reads them. */
public final class Location {
    private static final String WILDCARD = "[\\[\\]{}*?\\\\]";

    private Location() {}

    /** A folder without trailing slashes. */
    public static String folder(String location) {
        return location.replaceFirst("/+$", "");
    }

    /** A location below a folder. */
    public static String below(String folder, String path) {
        return folder(folder) + "/" + path;
    }

    /** The pattern that matches only this location. */
    public static String escaped(String location) {
        return location.replaceAll(WILDCARD, "\\\\$0");
    }

    /** The pattern for a location or glob. An existing location is not treated as a glob. */
    public static String pattern(String location) {
        return location.matches(".*" + WILDCARD + ".*")
                        && FileStore.of(location).exists(location)
                ? escaped(location)
                : location;
    }
}
