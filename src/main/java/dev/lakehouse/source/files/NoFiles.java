package dev.lakehouse.source.files;

import dev.lakehouse.UserError;

/** A location that no file or folder has. */
public final class NoFiles extends UserError {
    private static final long serialVersionUID = 1L;

    NoFiles(String location, Exception origin) {
        super(
                "There is no input at " + location + ".",
                "No file or folder has that name, or none fits the wildcards.",
                "Check the location, and whether the files were delivered.",
                origin);
    }
}
