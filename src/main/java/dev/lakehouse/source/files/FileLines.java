package dev.lakehouse.source.files;

/**
 * The lines of a file.
 *
 * @param first number of its first line that is not blank
 * @param last number of its last line that is not blank
 * @param count number of lines that are not blank
 * @param blank number of blank lines
 */
public record FileLines(long first, long last, long count, long blank) {}
