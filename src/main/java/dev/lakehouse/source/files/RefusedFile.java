package dev.lakehouse.source.files;

/**
 * A file that is not loaded.
 *
 * @param file its location
 * @param cause why, as a sentence
 * @param fix what to do about it, as a sentence
 */
public record RefusedFile(String file, String cause, String fix) {}
