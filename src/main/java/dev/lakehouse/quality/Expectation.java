package dev.lakehouse.quality;

/**
 * What a good row fulfils.
 *
 * @param reason what stands in quarantine for a row that breaks it
 * @param condition an SQL condition over the row's columns; a row is good where it is true, not where it is NULL
 */
public record Expectation(String reason, String condition) {}
