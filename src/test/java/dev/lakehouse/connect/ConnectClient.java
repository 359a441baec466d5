package dev.lakehouse.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs tasks as clients of a server, each in a JVM of its own that has the jar and no Spark but the client. */
record ConnectClient(ConnectServer server, Path folder) {
    private static final long PATIENCE_MINUTES = 10;

    /**
     * How a task ended.
     *
     * @param output what it printed
     * @param log what it and Spark logged
     */
    record Ended(int status, String output, String log) {
        boolean hasStackTrace() {
            return output.contains("\tat ") || (status == 0 && log.contains("\tat "));
        }
    }

    /** Runs a task and waits for its end. */
    Ended run(String mainClass, List<String> arguments) {
        try {
            List<Path> classPath = new ArrayList<>(List.of(launcher(), ClassPath.JAR));
            classPath.addAll(ClassPath.of("connect-client"));
            List<String> command = ClassPath.java("1g", classPath);
            command.addAll(List.of(ClientMain.class.getName(), ClassPath.JAR.toString(), mainClass));
            command.addAll(arguments);
            Path output = folder.resolve("output");
            Path log = folder.resolve("log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(log.toFile());
            builder.environment().put("SPARK_REMOTE", server.remote());
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException(mainClass + " does not end:\n" + Files.readString(log, UTF_8));
            }
            return new Ended(process.exitValue(), Files.readString(output, UTF_8), Files.readString(log, UTF_8));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A folder with the launcher alone: a client has no other class of the tests, and none of theirs. */
    private Path launcher() throws IOException {
        Path root = folder.resolve("launcher");
        String name = ClientMain.class.getName().replace('.', '/') + ".class";
        Path file = root.resolve(name);
        if (!Files.exists(file)) {
            Files.createDirectories(file.getParent());
            try (InputStream in = ClientMain.class.getResourceAsStream("/" + name)) {
                Files.copy(in, file);
            }
        }
        return root;
    }
}
