package dev.lakehouse.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Local paths, {@code file:} and {@code /Volumes} by plain Java, without Hadoop. */
final class LocalFileStore implements FileStore {
    static final LocalFileStore INSTANCE = new LocalFileStore();

    private LocalFileStore() {}

    static boolean holds(String location) {
        return location.startsWith("file:") || !location.matches("[A-Za-z][A-Za-z0-9+.-]+:.*");
    }

    /** The path of a location. Names in {@code file:} locations are not escaped, as in Spark. */
    private static Path path(String location) {
        return Path.of(location.replaceFirst("^file:(//)?(/(?=[A-Za-z]:))?", ""));
    }

    @Override
    public boolean exists(String location) {
        return Files.exists(path(location));
    }

    @Override
    public List<StoredFile> files(String directory) {
        return list(directory, 1, Files::isRegularFile)
                .flatMap(LocalFileStore::stored)
                .toList();
    }

    @Override
    public List<String> directories(String directory) {
        Path self = path(directory);
        return list(directory, 1, Files::isDirectory)
                .filter(p -> !p.equals(self))
                .map(p -> p.getFileName().toString())
                .toList();
    }

    @Override
    public List<StoredFile> filesBelow(String directory) {
        return list(directory, Integer.MAX_VALUE, Files::isRegularFile)
                .flatMap(LocalFileStore::stored)
                .toList();
    }

    @Override
    public InputStream open(String location) {
        try {
            return Files.newInputStream(path(location));
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException(new FileNotFoundException(location));
        } catch (IOException e) {
            throw StorageErrors.explain(location, e);
        }
    }

    @Override
    public StoreInput openAnywhere(String location) {
        try {
            long size = Files.size(path(location));
            SeekableByteChannel file = Files.newByteChannel(path(location));
            return new StoreInput(Channels.newInputStream(file), size) {
                @Override
                public long position() throws IOException {
                    return file.position();
                }

                @Override
                public void seek(long position) throws IOException {
                    file.position(position);
                }
            };
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException(new FileNotFoundException(location));
        } catch (IOException e) {
            throw StorageErrors.explain(location, e);
        }
    }

    @Override
    public StoreOutput write(String directory, String path) {
        Path target = path(directory + "/" + path).toAbsolutePath();
        try {
            Files.createDirectories(target.getParent());
            OutputStream out = Files.newOutputStream(target);
            return new StoreOutput(out, e -> StorageErrors.explain(directory, e), () -> {
                out.close();
                Files.delete(target);
            });
        } catch (IOException e) {
            throw StorageErrors.explain(directory, e);
        }
    }

    @Override
    public byte[] end(String location, int bytes) {
        try (SeekableByteChannel file = Files.newByteChannel(path(location))) {
            file.position(Math.max(0, file.size() - bytes));
            return Channels.newInputStream(file).readNBytes(bytes);
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException(new FileNotFoundException(location));
        } catch (IOException e) {
            throw StorageErrors.explain(location, e);
        }
    }

    @Override
    public Creation create(String location, byte[] content) {
        Path target = path(location);
        try {
            Files.createDirectories(target.getParent());
            // Written to another file, which is then linked, so that readers never see a part of it.
            Path whole = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
            try {
                Files.write(whole, content);
                link(target, whole, content);
                return Creation.CREATED;
            } finally {
                Files.deleteIfExists(whole);
            }
        } catch (FileAlreadyExistsException e) {
            return Creation.TAKEN;
        } catch (IOException e) {
            throw StorageErrors.explain(location, e);
        }
    }

    private static void link(Path target, Path whole, byte[] content) throws IOException {
        try {
            Files.createLink(target, whole);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // Volumes have no links, only exclusive creation.
            Files.write(target, content, StandardOpenOption.CREATE_NEW);
        }
    }

    @Override
    public void replace(String location, Content content) {
        Path target = path(location).toAbsolutePath();
        Path whole = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
        try {
            Files.createDirectories(target.getParent());
            try {
                try (OutputStream out = Files.newOutputStream(whole, StandardOpenOption.CREATE_NEW)) {
                    content.writeTo(out);
                }
                Files.move(whole, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(whole);
            }
        } catch (IOException e) {
            throw StorageErrors.explain(location, e);
        }
    }

    @Override
    public void delete(String location) {
        list(location, Integer.MAX_VALUE, p -> true)
                .sorted(Comparator.reverseOrder())
                .forEach(p -> {
                    try {
                        Files.deleteIfExists(p);
                    } catch (IOException e) {
                        throw StorageErrors.explain(location, e);
                    }
                });
    }

    /** Nothing of a file that is gone by now: others write, under a name for the time being, and delete. */
    private static Stream<StoredFile> stored(Path path) {
        try {
            return Stream.of(new StoredFile(path.toString(), Files.size(path)));
        } catch (NoSuchFileException e) {
            return Stream.empty();
        } catch (IOException e) {
            throw StorageErrors.explain(path.toString(), e);
        }
    }

    private static Stream<Path> list(String directory, int depth, Predicate<Path> kind) {
        Path start = path(directory);
        if (!Files.exists(start)) {
            return Stream.empty();
        }
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(start, Set.of(), depth, new PresentFiles(found));
        } catch (IOException e) {
            throw StorageErrors.explain(directory, e);
        }
        return found.stream().filter(kind).sorted();
    }

    /** Collects files and folders, without those that others delete meanwhile. */
    private static final class PresentFiles extends SimpleFileVisitor<Path> {
        private final List<Path> found;

        PresentFiles(List<Path> found) {
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            found.add(directory);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            found.add(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }
    }
}
