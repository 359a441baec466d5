package dev.lakehouse.workflow;

import dev.lakehouse.UserError;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.spark.Session;
import dev.lakehouse.task.Task;
import dev.lakehouse.task.TaskContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** Main classes for workflows of tests. What they do is seen in a file that their first parameter names. */
final class TestTasks {
    private TestTasks() {}

    /** The main class of one of these tasks, as a workflow file names it. */
    static String name(Class<?> task) {
        return task.getName();
    }

    static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void append(String file, String line) throws IOException {
        Files.writeString(Path.of(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Appends its other parameters as a line. */
    public static final class Append {
        private Append() {}

        public static void main(String[] args) throws IOException {
            append(args[0], String.join("|", List.of(args).subList(1, args.length)));
        }
    }

    /** Fails as many times as its second parameter says. */
    public static final class FailTimes {
        private FailTimes() {}

        public static void main(String[] args) throws IOException {
            append(args[0], "tried");
            if (lines(Path.of(args[0])).size() <= Integer.parseInt(args[1])) {
                throw new IllegalStateException("not yet");
            }
        }
    }

    /** Fails by a user's error, wrapped as Spark wraps what its executors throw. */
    public static final class FailAsUser {
        private FailAsUser() {}

        public static void main(String[] args) throws IOException {
            append(args[0], "tried");
            throw new IllegalStateException(
                    "wrapper", new UserError("The bucket is missing.", "Nobody made it.", "Make it."));
        }
    }

    /** Waits until it is interrupted, each time that it is started. */
    public static final class Hang {
        private Hang() {}

        public static void main(String[] args) throws Exception {
            append(args[0], "tried");
            try {
                TimeUnit.MINUTES.sleep(1);
            } finally {
                append(args[0], "stopped");
            }
        }
    }

    /** Waits a second or two and does not heed interrupts. */
    public static final class HangOn {
        private HangOn() {}

        public static void main(String[] args) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }
    }

    /** Prints a line, waits until as many tasks have started as its first parameter says, and prints another line. */
    public static final class Meet {
        private static CountDownLatch latch = new CountDownLatch(0);

        private Meet() {}

        /** The next so many tasks meet. */
        static void expect(int tasks) {
            latch = new CountDownLatch(tasks);
        }

        public static void main(String[] args) throws Exception {
            System.out.println("  " + args[0] + " starts");
            latch.countDown();
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("alone");
            }
            System.out.printf("  %s %s%n", args[0], "ends");
            if (args[0].startsWith("bad")) {
                throw new UserError("The table " + args[0] + " is missing.", "Nobody made it.", "Make it.");
            }
        }
    }

    /** Notes a setting of Spark before and after it changes it, and meets the others in between. */
    public static final class Settle {
        private static final String SETTING = "spark.sql.shuffle.partitions";

        private Settle() {}

        public static void main(String[] args) throws Exception {
            SparkSession session = Session.current();
            String before = session.conf().get(SETTING);
            session.conf().set(SETTING, args[1]);
            session.range(1).createOrReplaceTempView("mine");
            Meet.main(new String[] {args[1]});
            String after = Session.current().sql("SET " + SETTING).head().getString(1);
            append(args[0], before + " " + after);
        }
    }

    /** Has options, as the product's own tasks have; it is only looked at, never run. */
    public static final class Count extends Task {
        @Option(names = "--rows", required = true)
        private int rows;

        public static void main(String[] args) {
            new Count().execute(args);
        }

        @Override
        protected Result run(TaskContext context) {
            throw new UnsupportedOperationException(rows + " rows");
        }
    }
}
