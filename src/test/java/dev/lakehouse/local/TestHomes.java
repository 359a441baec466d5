package dev.lakehouse.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Homes that share MariaDB's programs by links, because unpacking them for each would take most of the time. */
final class TestHomes {
    private static Path programs;

    private TestHomes() {}

    /** A directory for a home that finds the programs unpacked. */
    static synchronized Path prepared(Path directory) throws IOException {
        if (programs == null) {
            Path first = Files.createTempDirectory("lakehouse-programs");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    MariaDbFiles.delete(first);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }));
            try (Home home = Home.open(first)) {
                MariaDbFiles.unpack(home);
                programs = home.directory().resolve("mysql/mariadb-" + MariaDbFiles.VERSION);
            }
        }
        Path target = directory.resolve("mysql").resolve(programs.getFileName());
        try (Stream<Path> files = Files.walk(programs)) {
            for (Path file : files.toList()) {
                Path link = target.resolve(programs.relativize(file));
                if (Files.isDirectory(file)) {
                    OwnerOnly.createDirectories(link);
                } else {
                    Files.createLink(link, file);
                }
            }
        }
        return directory;
    }
}
