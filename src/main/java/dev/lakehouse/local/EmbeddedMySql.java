package dev.lakehouse.local;

import dev.lakehouse.UserError;
import dev.lakehouse.source.mysql.MySqlServer;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * MariaDB as a child process on 127.0.0.1 and a free port, with its data in the home. Its only account is
 * {@code lakehouse}, whose password is a secret of the home. There is no root.
 */
final class EmbeddedMySql {
    static final String USER = "lakehouse";
    static final String DATABASE = "lakehouse";
    static final String PASSWORD = "mysql-password";

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 3;

    private EmbeddedMySql() {}

    static RunningServer<MySqlServer> start(Home home) {
        try {
            return new Start(home).run();
        } catch (IOException e) {
            throw new UserError(
                    "The embedded MySQL server (MariaDB) cannot be started.",
                    "Its files in " + home.directory().resolve("mysql") + " cannot be written or run ("
                            + e.getClass().getSimpleName() + ").",
                    "Check permissions and free space, or use your own server (--mysql).",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while MySQL was starting", e);
        }
    }

    /** Stops the server when this process ends, even while the server is starting. */
    private static Thread endWithThisProcess(Process process) {
        Thread atExit = new Thread(process::destroy, "stop MySQL");
        try {
            Runtime.getRuntime().addShutdownHook(atExit);
        } catch (IllegalStateException e) {
            process.destroy();
            throw e;
        }
        return atExit;
    }

    private static void stop(Process process, Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // This process is already ending. A second request does not harm the server.
        }
        OrphanedServer.terminate(process.toHandle(), STOP_LIMIT);
    }

    /** The steps of a start until the server answers. */
    private static final class Start {
        private final Home home;
        private final MariaDbFiles files;
        private final Path folder;
        private final Path data;
        private final Path pidFile;
        private final Path log;

        Start(Home home) throws IOException {
            this.home = home;
            this.folder = home.folder("mysql");
            this.data = folder.resolve("data");
            this.pidFile = folder.resolve("mysqld.pid");
            this.log = home.logs().resolve("mysql.log");
            // First, because an orphaned server uses the data and may use the programs.
            OrphanedServer.terminate(pidFile, data, STOP_LIMIT);
            this.files = MariaDbFiles.unpack(home);
        }

        RunningServer<MySqlServer> run() throws IOException, InterruptedException {
            if (!Files.exists(data)) {
                install();
            }
            Path accounts = folder.resolve("accounts.sql");
            try {
                home.writeOwnerOnly(accounts, accounts());
                for (int attempt = 1; ; attempt++) {
                    int port = freePort();
                    Process process = files.process(files.serve(data, options(port, accounts)), log)
                            .start();
                    Thread atExit = endWithThisProcess(process);
                    // The server writes the same file, but later.
                    Files.writeString(pidFile, process.pid() + "\n");
                    String address = "127.0.0.1:" + port;
                    MySqlServer server =
                            new MySqlServer("jdbc:mysql://" + address + "/" + DATABASE, USER, home.secret(PASSWORD));
                    if (answers(server, process)) {
                        return new RunningServer<>(
                                server,
                                "MariaDB " + MariaDbFiles.VERSION + ", embedded, " + address,
                                () -> stop(process, atExit));
                    }
                    stop(process, atExit);
                    // Another program may have taken the port meanwhile.
                    if (attempt == ATTEMPTS) {
                        throw doesNotStart();
                    }
                }
            } finally {
                Files.deleteIfExists(accounts);
            }
        }

        private void install() throws IOException, InterruptedException {
            Path unfinished = folder.resolve("data.unfinished");
            for (int attempt = 1; !initialises(unfinished); attempt++) {
                if (attempt == ATTEMPTS) {
                    throw doesNotStart();
                }
            }
            Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
        }

        private boolean initialises(Path directory) throws IOException, InterruptedException {
            MariaDbFiles.delete(directory);
            OwnerOnly.createDirectories(directory);
            List<String> options = new ArrayList<>(storageOptions());
            options.add("--bootstrap");
            options.add("--tmpdir=" + temporary());
            Process install =
                    files.process(files.serve(directory, options), log).start();
            try (Writer statements = install.outputWriter(StandardCharsets.UTF_8)) {
                statements.write(files.systemTables());
            } catch (IOException e) {
                // It ended early. Its exit status and its log are more useful than the broken pipe.
                install.destroy();
            }
            return install.waitFor() == 0;
        }

        /** An empty directory for the server's temporary files. */
        private Path temporary() throws IOException {
            Path temporary = folder.resolve("tmp");
            MariaDbFiles.delete(temporary);
            OwnerOnly.createDirectories(temporary);
            return temporary;
        }

        /**
         * SQL that the server runs at every start before it accepts connections, so that no account is ever without a
         * password.
         */
        private String accounts() {
            return """
                    CREATE DATABASE IF NOT EXISTS `%1$s`;
                    CREATE USER IF NOT EXISTS `%2$s`@`%%` IDENTIFIED BY '%3$s';
                    ALTER USER `%2$s`@`%%` IDENTIFIED BY '%3$s';
                    GRANT ALL ON `%1$s`.* TO `%2$s`@`%%`;
                    GRANT ALL ON `%1$s\\_%%`.* TO `%2$s`@`%%`;
                    """.formatted(DATABASE, USER, home.secret(PASSWORD).resolve());
        }

        private List<String> options(int port, Path accounts) throws IOException {
            List<String> options = new ArrayList<>(storageOptions());
            options.addAll(List.of(
                    "--bind-address=127.0.0.1",
                    "--port=" + port,
                    "--pid-file=" + pidFile,
                    "--tmpdir=" + temporary(),
                    "--init-file=" + accounts,
                    "--skip-name-resolve",
                    "--skip-ssl", // nothing leaves this machine
                    "--local-infile=1",
                    "--max-allowed-packet=64M",
                    "--character-set-server=utf8mb4",
                    "--collation-server=utf8mb4_unicode_ci"));
            if (files.isWindows()) {
                options.add("--console");
            } else {
                options.add("--socket="); // a path in the home may be too long for a socket
            }
            return options;
        }

        /** Storage options. A crash of the machine may lose the last second, a crash of the server nothing. */
        private static List<String> storageOptions() {
            List<String> options = new ArrayList<>(List.of(
                    "--innodb-buffer-pool-size=256M",
                    "--innodb-log-file-size=256M",
                    "--innodb-flush-log-at-trx-commit=2"));
            // MariaDB refuses to run as root without this option.
            if ("root".equals(System.getProperty("user.name"))) {
                options.add("--user=root");
            }
            return options;
        }

        private static boolean answers(MySqlServer server, Process process) throws InterruptedException {
            Instant limit = Instant.now().plus(START_LIMIT);
            while (process.isAlive() && Instant.now().isBefore(limit)) {
                try (Connection ready = server.connect()) {
                    if (ready != null) {
                        return true;
                    }
                } catch (UserError | SQLException e) {
                    Thread.sleep(50);
                }
            }
            return false;
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }

        private UserError doesNotStart() throws IOException {
            return new UserError(
                    "The embedded MySQL server (MariaDB " + MariaDbFiles.VERSION + ") does not start.",
                    "Its log, " + log + ", ends with: " + lastLine(),
                    "Correct what the message reports, or use your own server (--mysql) or containers with another"
                            + " --home.");
        }

        /** The last error in the log, or else its last line. */
        private String lastLine() throws IOException {
            List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            return lines.stream()
                    .filter(line -> line.contains("[ERROR]"))
                    .reduce((before, last) -> last)
                    .orElseGet(() -> lines.isEmpty() ? "" : lines.get(lines.size() - 1))
                    .strip();
        }
    }
}
