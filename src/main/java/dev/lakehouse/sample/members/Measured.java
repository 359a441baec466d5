package dev.lakehouse.sample.members;

import com.sun.management.OperatingSystemMXBean;
import dev.lakehouse.task.Step;
import dev.lakehouse.task.TaskContext.Stopwatch;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one run of one thing took.
 *
 * @param seconds by the clock
 * @param cpuSeconds of this process; the embedded MySQL server is another one, the embedded S3 server is not
 * @param parts seconds by the clock of the parts of a task
 */
record Measured(double seconds, double cpuSeconds, Map<String, Double> parts) {
    private static final double NANOS = 1e9;

    /** Does the work. What it prints is shown only if it fails. */
    static Measured of(String name, Runnable work) {
        PrintStream terminal = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        boolean done = false;
        try {
            long cpu = cpuNanos();
            Stopwatch stopwatch = Stopwatch.start();
            Map<String, Double> parts = new LinkedHashMap<>();
            Step.timed(name, work).forEach((part, time) -> parts.put(part, time.toNanos() / NANOS));
            Measured measured = new Measured(stopwatch.seconds(), (cpuNanos() - cpu) / NANOS, parts);
            done = true;
            return measured;
        } finally {
            System.setOut(terminal);
            if (!done) {
                terminal.print(printed.toString(StandardCharsets.UTF_8));
            }
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    /** Seconds of a part; 0 if it was not named. */
    double part(String name) {
        return parts.getOrDefault(name, 0.0);
    }

    Measured plus(Measured more) {
        return new Measured(seconds + more.seconds, cpuSeconds + more.cpuSeconds, Map.of());
    }
}
