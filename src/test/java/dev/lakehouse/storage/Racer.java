package dev.lakehouse.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.local.S3Endpoint;
import dev.lakehouse.secrets.SecretReference;
import dev.lakehouse.spark.Session;
import dev.lakehouse.storage.FileStore.Creation;
import dev.lakehouse.testing.TestServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * A writer in a JVM of its own, with a Spark of its own, on the S3 server of the tests. It says {@code ready} when it is
 * warm, waits for a line that names a moment, does its work from then on and says what it won.
 */
final class Racer {
    private static final String READY = "ready";
    private static final long BEAT_MILLIS = 15;

    private final Process process;
    private final BufferedReader out;

    private Racer(Process process) {
        this.process = process;
        this.out = process.inputReader(UTF_8);
    }

    /** Kinds of work. */
    enum Work {
        /** Rows to a Delta table, as fast as it goes. */
        APPEND,
        /** Names, one per beat, so that two racers reach for each at the same time. */
        CLAIM
    }

    /**
     * Starts a racer; arguments hold where the keys are kept, never the keys.
     *
     * @param place the table to append to, or the folder of the names to claim
     * @param from the first number to append or claim
     * @param to the number after the last
     */
    static Racer start(Work work, Path directory, String place, int from, int to) throws IOException {
        S3Endpoint s3 = TestServers.s3();
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of(System.getProperty("lakehouse.root"), "jvm.options"),
                "-Xmx600m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                Racer.class.getName(),
                work.name(),
                directory.toString(),
                place,
                Integer.toString(from),
                Integer.toString(to),
                s3.url(),
                s3.region(),
                s3.bucket(),
                s3.accessKey().toString(),
                s3.secretKey().toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(Files.createTempFile(directory, "racer", ".log").toFile());
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return new Racer(builder.start());
    }

    void awaitReady() throws IOException {
        readTo(READY);
    }

    void go(long atMillis) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((atMillis + "\n").getBytes(UTF_8));
        in.flush();
    }

    /** Waits for its end; the numbers that it won. */
    List<Integer> won() throws IOException {
        String line = readTo("won");
        return List.of(line.split(" ")).stream().skip(1).map(Integer::valueOf).toList();
    }

    void kill() {
        process.destroyForcibly();
    }

    private String readTo(String start) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(start)) {
                return line;
            }
        }
        throw new AssertionError("The racer ended before it said '" + start + "'; its log has the cause");
    }

    /** The other JVM. */
    public static void main(String[] arguments) throws Exception {
        Path scratch = Files.createTempDirectory(Path.of(arguments[1]), "spark");
        S3Endpoint s3 = new S3Endpoint(
                arguments[5],
                arguments[6],
                arguments[7],
                SecretReference.parse(arguments[8]),
                SecretReference.parse(arguments[9]));
        SparkSession session = Session.local(scratch, s3.sparkSettings(scratch));
        String place = arguments[2];
        int from = Integer.parseInt(arguments[3]);
        int to = Integer.parseInt(arguments[4]);
        Work work = Work.valueOf(arguments[0]);
        // What is done for the first time is slow: one writer would be through before the other has begun. A place of
        // its
        // own each: who finds a name taken has not warmed up what claims one.
        one(work, session, place + "_warm_up" + ProcessHandle.current().pid(), from);
        System.out.println(READY);
        long start = Long.parseLong(new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine());
        List<String> won = new ArrayList<>();
        for (int number = from; number < to; number++) {
            sleepUntil(work == Work.CLAIM ? start + number * BEAT_MILLIS : start);
            if (one(work, session, place, number)) {
                won.add(Integer.toString(number));
            }
        }
        System.out.println("won " + String.join(" ", won));
        session.stop();
    }

    private static void sleepUntil(long millis) throws InterruptedException {
        Thread.sleep(Math.max(0, millis - System.currentTimeMillis()));
    }

    private static boolean one(Work work, SparkSession session, String place, int number) {
        return switch (work) {
            case APPEND -> {
                session.range(number, number + 1, 1, 1)
                        .write()
                        .format("delta")
                        .mode("append")
                        .save(place);
                yield true;
            }
            case CLAIM -> {
                byte[] owner = Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8);
                String name = place + "/" + number;
                yield FileStore.of(place).create(name, owner) == Creation.CREATED;
            }
        };
    }
}
