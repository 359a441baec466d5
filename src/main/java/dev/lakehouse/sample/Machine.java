package dev.lakehouse.sample;

import dev.lakehouse.storage.FileStore;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Locale;

/** What benchmarks say about the machine and this process. */
public final class Machine {
    private static final String STATUS = "/proc/self/status";

    private Machine() {}

    /** Cores, heap, Java, and how busy the machine is now. */
    public static String description() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        Runtime here = Runtime.getRuntime();
        return String.format(
                Locale.ROOT,
                "machine: %d cores, %.1f GB heap, Java %d%s",
                here.availableProcessors(),
                here.maxMemory() / 1e9,
                Runtime.version().feature(),
                load < 0 ? "" : String.format(Locale.ROOT, ", load average %.1f before the start", load));
    }

    /** The most bytes that this process has had in its heap, garbage included. */
    public static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    /** The most bytes of memory that this process has had, as Linux counts them; 0 elsewhere. */
    public static long peakMemory() {
        FileStore files = FileStore.of(STATUS);
        return !files.exists(STATUS)
                ? 0
                : files.text(STATUS)
                        .lines()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .map(line -> line.replaceAll("\\D", ""))
                        .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
                        .findFirst()
                        .orElse(0);
    }
}
