package dev.lakehouse.storage;

/** Locations of files and folders as text: paths and URIs, which may have wildcards where Spark reads them. */
public final class Location {
    private static final String WILDCARD = "[\\[\\]{}*?\\\\]";

    private Location() {}

    /** A folder without slashes at its end. */
    public static String folder(String location) {
        return location.replaceFirst("/+$", "");
    }

    /** A place below a folder. */
    public static String below(String folder, String path) {
        return folder(folder) + "/" + path;
    }

    /** The pattern that only this location fits. */
    public static String escaped(String location) {
        return location.replaceAll(WILDCARD, "\\\\$0");
    }

    /** The pattern for a location or glob. A location that exists as it is written has no wildcards. */
    public static String pattern(String location) {
        return location.matches(".*" + WILDCARD + ".*")
                        && FileStore.of(location).exists(location)
                ? escaped(location)
                : location;
    }
}
