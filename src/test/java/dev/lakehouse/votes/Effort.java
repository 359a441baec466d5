package dev.lakehouse.votes;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What something took: by the clock, and of the processors, which tells more where others work on the same machine. The
 * S3 server in this JVM is part of it where tables are on S3.
 */
record Effort(long nanos, long processorNanos) {

    static Effort start() {
        return new Effort(System.nanoTime(), processor());
    }

    String took() {
        return String.format(
                Locale.ROOT,
                "%.1f s (%.1f core-seconds)",
                (System.nanoTime() - nanos) / 1e9,
                (processor() - processorNanos) / 1e9);
    }

    private static long processor() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
