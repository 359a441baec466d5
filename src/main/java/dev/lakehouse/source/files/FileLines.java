package dev.lakehouse.source.files;

/**
 * How many lines a file has.
 *
 * @param first number of its first line that is not blank
 * @param last number of its last line that is not blank
 * @param count lines that are not blank
 * @param blank blank lines
 */
public record FileLines(long first, long last, long count, long blank) {}
