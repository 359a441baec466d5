package dev.lakehouse.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Creates files and directories that only their owner can access, if the file system supports this. */
final class OwnerOnly {
    private static final FileAttribute<?>[] NOTHING = {};

    private OwnerOnly() {}

    static void createDirectories(Path directory) throws IOException {
        // Checked first, because createDirectory fails for a link to a directory.
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, permissions(directory, "rwx------"));
        }
    }

    static FileChannel open(Path file, Set<OpenOption> options) throws IOException {
        return FileChannel.open(file, options, permissions(file, "rw-------"));
    }

    /** User and group of a directory, such as {@code 1000:1000}; empty if the system has no such ids. */
    static Optional<String> owner(Path directory) {
        try {
            return Optional.of(
                    Files.getAttribute(directory, "unix:uid") + ":" + Files.getAttribute(directory, "unix:gid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static FileAttribute<?>[] permissions(Path path, String permissions) {
        return path.getFileSystem().equals(FileSystems.getDefault())
                        && !FileSystems.getDefault()
                                .supportedFileAttributeViews()
                                .contains("posix")
                ? NOTHING
                : new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                };
    }
}
