package dev.lakehouse.storage;

/**
 * A file as a listing shows it.
 *
 * @param location where it is, whole
 * @param size in bytes
 */
public record StoredFile(String location, long size) {

    /** The last part of its location. */
    public String name() {
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
