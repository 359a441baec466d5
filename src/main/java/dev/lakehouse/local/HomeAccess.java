package dev.lakehouse.local;

import dev.lakehouse.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Whether a command could open a home, found without creating, opening or changing it. */
public final class HomeAccess {
    private HomeAccess() {}

    /**
     * Returns if a command could open the home.
     *
     * @throws UserError like {@link Home#open}
     */
    public static void check(Path directory) {
        try {
            Path existing = existing(directory);
            if (!Files.isDirectory(existing)) {
                throw Home.unusable(existing, new NotDirectoryException(existing.toString()));
            }
            if (!Files.isReadable(existing) || !Files.isWritable(existing) || !Files.isExecutable(existing)) {
                throw Home.unusable(existing, new AccessDeniedException(existing.toString()));
            }
            if (Files.exists(directory)) {
                checkLock(directory.toRealPath());
            }
        } catch (IOException e) {
            throw Home.unusable(directory, e);
        }
    }

    /** The directory, or else the closest one above that exists. */
    public static Path existing(Path directory) {
        Path found = directory.toAbsolutePath();
        while (!Files.exists(found) && found.getParent() != null) {
            found = found.getParent();
        }
        return found;
    }

    private static void checkLock(Path home) throws IOException {
        // First, because a lock of this process is lost when it closes the file again.
        if (Home.isOpenHere(home)) {
            throw Home.inUse(home, ProcessHandle.current().pid() + "");
        }
        Path file = Home.lockFile(home);
        if (!Files.exists(file)) {
            return;
        }
        // A shared lock needs no right to write, and is refused while a command holds its own.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                FileLock lock = channel.tryLock(Home.LOCKED, 1, true)) {
            if (lock == null) {
                throw Home.inUse(home, Home.holder(channel));
            }
        }
    }
}
