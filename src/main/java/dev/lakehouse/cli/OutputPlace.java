package dev.lakehouse.cli;

import java.nio.file.Path;

/**
 * Where a person wants files to be written.
 *
 * @param location as a task takes it: whole
 */
record OutputPlace(String location) {

    /** A local directory, which is made where it is missing; what has a scheme is taken as it is. */
    static OutputPlace of(String text) {
        return new OutputPlace(
                text.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")
                        ? text
                        : Path.of(text).toAbsolutePath().normalize().toString());
    }
}
