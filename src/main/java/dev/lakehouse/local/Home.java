package dev.lakehouse.local;

import dev.lakehouse.UserError;
import dev.lakehouse.secrets.SecretReference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The directory of all local state: MySQL's data, S3's objects, keys, logs and the choice of servers. Only one command
 * can have it open: a second command on the same home is refused, in this or another process.
 */
public final class Home implements AutoCloseable {
    private static final int SECRET_BYTES = 24; // 32 characters in base 64
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The locked byte is far after the text, so that others can read the text even if locks are mandatory. */
    static final long LOCKED = Long.MAX_VALUE - 1;

    // A POSIX lock is lost when any descriptor of its file is closed, so this process must not open the file twice.
    private static final Set<Path> OPEN_HERE = new HashSet<>();

    private final Path directory;
    private final FileChannel channel;

    private Home(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Opens a home. If it does not exist, it is created with permissions for its owner only, if the file system
     * supports this.
     *
     * @throws UserError if another command uses it or if it cannot be written
     */
    public static Home open(Path directory) {
        Path home = create(directory);
        synchronized (OPEN_HERE) {
            if (!OPEN_HERE.add(home)) {
                throw inUse(home, ProcessHandle.current().pid() + "");
            }
        }
        FileChannel channel = null;
        try {
            channel = lock(home);
            return new Home(home, channel);
        } catch (IOException e) {
            throw unusable(directory, e);
        } finally {
            if (channel == null) {
                forget(home);
            }
        }
    }

    /** The home's absolute path. */
    public Path directory() {
        return directory;
    }

    /** The directory of log files. */
    public Path logs() {
        return folder("logs");
    }

    /**
     * The directory of log files for commands that do not open the home and may run while another command has it open.
     */
    public static Path logsOf(Path directory) {
        Path logs = create(directory).resolve("logs");
        try {
            OwnerOnly.createDirectories(logs);
        } catch (IOException e) {
            throw unusable(logs, e);
        }
        return logs;
    }

    /**
     * A secret of this home: a file that only its owner can read. It is created at first use with 32 random characters,
     * none of which needs quoting.
     */
    public SecretReference secret(String name) {
        return secret(name, () -> {
            byte[] random = new byte[SECRET_BYTES];
            RANDOM.nextBytes(random);
            return Base64.getUrlEncoder().encodeToString(random);
        });
    }

    /** The same for a secret in another form. */
    public synchronized SecretReference secret(String name, Supplier<String> made) {
        if (!Files.exists(key(name))) {
            replaceSecret(name, made.get());
        }
        return SecretReference.file(key(name));
    }

    /** The reference to an existing secret; empty if there is none. */
    public Optional<SecretReference> existingSecret(String name) {
        return Files.exists(key(name)) ? Optional.of(SecretReference.file(key(name))) : Optional.empty();
    }

    /** Replaces a secret atomically. */
    public synchronized void replaceSecret(String name, String secret) {
        writeOwnerOnly(key(name), secret);
    }

    private Path key(String name) {
        return folder("keys").resolve(name);
    }

    /** A directory in the home. It is created if it is missing. */
    Path folder(String name) {
        Path folder = directory.resolve(name);
        try {
            OwnerOnly.createDirectories(folder);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
        return folder;
    }

    /** Writes a file that only its owner can read, atomically. */
    void writeOwnerOnly(Path file, String content) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            Files.deleteIfExists(unfinished);
            try (FileChannel out =
                    OwnerOnly.open(unfinished, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
                write(out, content);
                out.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    /** Releases the home for the next command. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw unusable(directory, e);
        } finally {
            forget(directory);
        }
    }

    private static Path create(Path directory) {
        try {
            OwnerOnly.createDirectories(directory.toAbsolutePath());
            return directory.toRealPath();
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    private static FileChannel lock(Path home) throws IOException {
        FileChannel channel = OwnerOnly.open(
                lockFile(home), Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
        FileLock lock = null;
        try {
            lock = channel.tryLock(LOCKED, 1, false);
            if (lock == null) {
                throw inUse(home, holder(channel));
            }
            channel.truncate(0);
            write(channel, ProcessHandle.current().pid() + "\n");
            return channel;
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
    }

    static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(32);
        channel.read(text, 0);
        return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
    }

    private static void write(FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    static Path lockFile(Path home) {
        return home.resolve("lock");
    }

    /** Whether this process has the home open. */
    static boolean isOpenHere(Path home) {
        synchronized (OPEN_HERE) {
            return OPEN_HERE.contains(home);
        }
    }

    private static void forget(Path home) {
        synchronized (OPEN_HERE) {
            OPEN_HERE.remove(home);
        }
    }

    static UserError inUse(Path home, String process) {
        return new UserError(
                "The home " + home + " is in use.",
                "Another command uses it" + (process.isEmpty() ? "" : " (process " + process + ")")
                        + ", and its servers can be started only once.",
                "Wait until that command has ended, or give another directory with --home.");
    }

    static UserError unusable(Path path, IOException e) {
        return new UserError(
                "The home cannot be used: " + path + ".",
                "It cannot be created, read or written (" + e.getClass().getSimpleName() + ").",
                "Check its permissions and the free space, or give another directory with --home.",
                e);
    }
}
