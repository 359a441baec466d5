package dev.lakehouse.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A class's {@code main} in a JVM of its own, on this JVM's class path. */
final class OtherProcess {
    private OtherProcess() {}

    /** Arguments that begin with {@code -D} are the JVM's. */
    static Process start(Class<?> main, String... arguments) throws IOException {
        Predicate<String> forJvm = argument -> argument.startsWith("-D");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlakehouse.root=" + System.getProperty("lakehouse.root", "."),
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        Stream.concat(Containers.images().stream(), Stream.of(arguments).filter(forJvm))
                .forEach(command::add);
        command.add(main.getName());
        Stream.of(arguments).filter(forJvm.negate()).forEach(command::add);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** All that it prints. */
    static String run(Class<?> main, String... arguments) throws IOException {
        return new String(start(main, arguments).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
