package dev.lakehouse.storage;

/**
 * A file in a listing.
 *
 * @param location its full location
 * @param size in bytes
 */
public record StoredFile(String location, long size) {

    /** The last part of its location. */
    public String name() {
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
