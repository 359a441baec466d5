package dev.lakehouse.cli;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.lakehouse.UserError;
import dev.lakehouse.chart.BarChart;
import dev.lakehouse.local.HomeAccess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import javax.tools.ToolProvider;

/** What a run needs of Java and of the machine. */
final class MachineCheck {
    private static final Set<Integer> VERSIONS = Set.of(17, 21);
    private static final long MEGABYTE = 1_000_000;
    private static final long ROOM_OF_THE_HOME = 1_000 * MEGABYTE;
    private static final long ROOM_FOR_TEMPORARY_FILES = 200 * MEGABYTE;

    /** What the embedded servers need beside the heap. */
    private static final long MEMORY_OF_THE_SERVERS = 1_000 * MEGABYTE;

    private static final long DESCRIPTORS = 4_096;
    private static final int CONNECT_MILLIS = 1_000;

    private MachineCheck() {}

    static void java(CheckResults results) {
        java(Runtime.version().feature(), ToolProvider.getSystemJavaCompiler() != null, results);
    }

    static void java(int version, boolean hasCompiler, CheckResults results) {
        String where = "Java " + version + " in " + System.getProperty("java.home");
        String fix = "Install a JDK 17 or 21, and set JAVA_HOME to it.";
        if (!VERSIONS.contains(version)) {
            results.problem(where + " is not supported.", fix);
        } else if (!hasCompiler) {
            results.problem(where + " is not a JDK: it has no compiler, which the build needs.", fix);
        } else {
            results.ok(where);
        }
    }

    static void memory(CheckResults results) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        memory(Runtime.getRuntime().maxMemory(), system.getTotalMemorySize(), results);
    }

    static void memory(long heap, long machine, CheckResults results) {
        String text = "heap of " + megabytes(heap) + ", the machine has " + megabytes(machine);
        String fix = "Give a smaller heap, such as --heap 1g, or use a machine with more memory.";
        if (heap > machine) {
            results.problem(text, fix);
        } else if (heap + MEMORY_OF_THE_SERVERS > machine) {
            results.warning(
                    text + "; embedded servers need " + megabytes(MEMORY_OF_THE_SERVERS) + " beside the heap", fix);
        } else {
            results.ok(text);
        }
    }

    static void descriptors(CheckResults results) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            long most = unix.getMaxFileDescriptorCount();
            if (most < DESCRIPTORS) {
                results.warning(
                        "at most " + most + " open files; large tables need more",
                        "Raise the limit, for example by 'ulimit -n " + DESCRIPTORS + "'.");
            } else {
                results.ok("at most " + most + " open files");
            }
        }
    }

    static void room(Path home, CheckResults results) {
        room(home, ROOM_OF_THE_HOME, "Free space there, or give a --home on another disk.", results);
    }

    /** Java's libraries unpack native code to the temporary folder and run it there. */
    static void temporary(CheckResults results) {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        String fix = "Give Java another one: export JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR";
        try {
            Path file = Files.createTempFile(folder, "lakehouse", ".tmp");
            try {
                if (file.toFile().setExecutable(true) && !Files.isExecutable(file)) {
                    results.problem("The temporary folder " + folder + " forbids programs (noexec).", fix);
                    return;
                }
            } finally {
                Files.deleteIfExists(file);
            }
            room(folder, ROOM_FOR_TEMPORARY_FILES, "Free space there. Or: " + fix, results);
        } catch (IOException e) {
            results.problem("The temporary folder " + folder + " cannot be written.", fix);
        }
    }

    static void room(Path folder, long needed, String fix, CheckResults results) {
        Path existing = HomeAccess.existing(folder);
        try {
            long room = Files.getFileStore(existing).getUsableSpace();
            String text = megabytes(room) + " free in " + existing;
            if (room < needed) {
                results.problem(text + "; a run needs " + megabytes(needed), fix);
            } else {
                results.ok(text);
            }
        } catch (IOException e) {
            results.warning("The free space in " + existing + " is unknown.", "Check that the disk works.");
        }
    }

    /** Local servers listen on free ports of 127.0.0.1, and connect to each other there. */
    static void port(CheckResults results) {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket server = new ServerSocket(0, 1, here);
                Socket client = new Socket()) {
            client.connect(server.getLocalSocketAddress(), CONNECT_MILLIS);
            results.ok("a free port of " + here.getHostAddress() + " can be used");
        } catch (IOException e) {
            results.problem(
                    "No port of " + here.getHostAddress() + " can be used, where local servers listen.",
                    "Allow connections within this machine: check the firewall, the sandbox and the loopback interface.");
        }
    }

    /** Only charts need fonts. */
    static void fonts(CheckResults results) {
        try {
            BarChart.requireFonts();
            results.ok("charts can be drawn");
        } catch (UserError e) {
            results.warning(e);
        }
    }

    static String megabytes(long bytes) {
        return bytes < 10_000 * MEGABYTE
                ? String.format(Locale.ROOT, "%,d MB", bytes / MEGABYTE)
                : String.format(Locale.ROOT, "%,d GB", bytes / MEGABYTE / 1_000);
    }
}
