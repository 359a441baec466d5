package dev.lakehouse.source.files;

import dev.lakehouse.UserError;

/** No file or folder exists at a location. */
public final class NoFiles extends UserError {
    private static final long serialVersionUID = 1L;

    NoFiles(String location, Exception origin) {
        super(
                "There is no input at " + location + ".",
                "No file or folder has that name, or none matches the wildcards.",
                "Check the location, and whether the files were delivered.",
                origin);
    }
}
