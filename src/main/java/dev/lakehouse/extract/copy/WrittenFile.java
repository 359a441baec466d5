package dev.lakehouse.extract.copy;

import java.io.Serializable;

/**
 * A data file.
 *
 * @param path below the extract's directory
 * @param sha256 of its bytes, as they were written
 */
public record WrittenFile(String path, long rows, long bytes, String sha256) implements Serializable {}
