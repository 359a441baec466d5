package dev.lakehouse.storage;

import dev.lakehouse.UserError;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Locale;

/** Explains errors of file systems. */
final class StorageErrors {
    private StorageErrors() {}

    static boolean isMissingBucket(IOException e) {
        // S3A's class for a missing bucket is also a FileNotFoundException, so the text must be checked.
        String text = e.toString().toLowerCase(Locale.ROOT);
        return text.contains("unknownstoreexception")
                || text.contains("nosuchbucket")
                || (text.contains("bucket") && text.contains("does not exist"));
    }

    static UserError refused(String location, IOException e) {
        return new UserError(
                "Access to " + location + " was refused.",
                "The credentials in use do not allow it.",
                "Check the credentials and their rights.",
                e);
    }

    static UserError explain(String location, IOException e) {
        if (isMissingBucket(e)) {
            return new UserError(
                    "The bucket of " + location + " is missing.",
                    "The S3 server has no bucket of that name, or does not show it to this user.",
                    "Create the bucket, or correct the location.",
                    e);
        }
        if (e instanceof AccessDeniedException) {
            return refused(location, e);
        }
        if (e instanceof FileNotFoundException) {
            return new UserError(
                    location + " is missing.",
                    "There is no such file or directory.",
                    "Correct the location, or restore the file.",
                    e);
        }
        return new UserError(
                location + " cannot be read or written.",
                e.getClass().getSimpleName() + ": " + UserError.firstLine(e),
                "Check that the store can be reached from here, then run the task again.",
                e);
    }
}
